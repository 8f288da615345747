import Foundation
import Model

/// The demo's sample queries: a person, a firm that several departments know, where its values came from, a licence, a
/// parcel, what changed.
struct Tour {
    let visitor: Visitor

    /// Asks and prints.
    func walk() async throws(Fault) {
        try await ask("A person, graded fields masked:", "/collections/person/items?limit=1&f=json", lines: 24)
        if let firm = try await penalisedFirm() {
            try await ask(
                "A firm: market regulation knows it; its penalties, licences, certificates and land are counted:",
                "/collections/legal-entity/items/\(firm)?f=json", lines: 40)
            try await ask(
                "Which entry, run and record each value came from:",
                "/collections/legal-entity/items/\(firm)/provenance", lines: 24)
        }
        try await ask(
            "A licence that is valid, in the words of GB/T 36903:",
            "/collections/licence/items?status=1&holder_code_type=001&limit=1&f=json", lines: 24)
        try await ask(
            "A parcel within a box, converted from 亩 and from EPSG:4526:",
            "/collections/parcel/items?bbox=112.7,28.2,113,28.5&limit=1&f=json", lines: 48)
        try await ask(
            "What changed, in order, nothing missed:", "/collections/legal-entity/changes?after=0&limit=1", lines: 20)
    }

    private func ask(_ what: String, _ path: String, lines: Int) async throws(Fault) {
        let style = Style()
        Console.line("\n\(style.bold(what))\n  curl '\(visitor.base)\(path)'")
        Console.line(try await visitor.get(path).withoutLinks().pretty(lines: lines))
    }

    /// A firm of the market register that has a penalty at present, and a licence if there is one like that.
    private func penalisedFirm() async throws(Fault) -> String? {
        let path = "/collections/administrative-penalty/items?limit=200&properties=subject_code&f=json"
        var known: String?
        for penalty in try await visitor.get(path)["items"].list {
            guard let code = penalty["subject_code"].text else { continue }
            let found = try await visitor.get("/collections/legal-entity/items?uscc=\(code)&f=json")["items"].list.first
            guard let found, (found["penalties"].number ?? 0) > 0, found["status"].text != nil else { continue }
            known = known ?? found["_id"].text
            if (found["certificates"].number ?? 0) > 0 { return found["_id"].text }
        }
        return known
    }
}
