import Model
import Transport

/// The address of the next page as an answer names it: in its body, or in its `Link` header.
struct NextAddress {
    let system: SourceSystem

    /// The whole address.
    ///
    /// - Parameters:
    ///   - reference: as it was written, relative or absolute.
    ///   - page: the address of the answer it came in.
    /// - Throws: `source.redirect` where it leads away from the system, since nobody allowed to ask there.
    func resolve(_ reference: String, at page: String) throws(Fault) -> String {
        let here = try Location(page)
        let target: Location
        do { target = try here.resolving(reference) } catch { throw refused("is no address") }
        guard target.scheme == here.scheme || (here.scheme == "http" && target.scheme == "https") else {
            throw refused("changes from \(here.scheme) to \(target.scheme)")
        }
        guard target.host == here.host || system.hosts.contains(target.host) else {
            throw refused("is on another host, \(target.host)")
        }
        return target.text
    }

    private func refused(_ why: String) -> Fault {
        Fault(
            .sourceRedirect, "the address of the next page \(why)",
            advice: "Add the host to the system's hosts if it belongs to it, or page by number or offset instead.")
    }
}

/// The links of `Link` headers (RFC 8288, section 3).
struct LinkHeader {
    /// Relation and target of each link, in order.
    let links: [(relation: String, target: String)]

    init(_ values: [String]) {
        links = values.flatMap { Self.links(of: $0) }
    }

    /// The target of the first link of a relation; names of relations have no case.
    func target(_ relation: String) -> String? {
        links.first { $0.relation.lowercased() == relation }?.target
    }

    private static func links(of value: String) -> [(relation: String, target: String)] {
        var found: [(relation: String, target: String)] = []
        var rest = value[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let target = String(rest[rest.index(after: open)..<close])
            let parameters = parameters(rest[rest.index(after: close)...])
            rest = rest[parameters.end...]
            for relation in parameters.relations { found.append((relation, target)) }
        }
        return found
    }

    /// What follows a target up to the next one; a comma within quotes ends nothing.
    private static func parameters(_ text: Substring) -> (relations: [String], end: Substring.Index) {
        var isQuoted = false
        let end = text.firstIndex { character in
            if character == "\"" { isQuoted.toggle() }
            return character == "," && !isQuoted
        }
        let relations = text[..<(end ?? text.endIndex)].split(separator: ";").flatMap { parameter -> [String] in
            let halves = parameter.split(separator: "=", maxSplits: 1).map { $0.filter { !"\" \t".contains($0) } }
            guard halves.count == 2, halves[0].lowercased() == "rel" else { return [] }
            let value = parameter.split(separator: "=", maxSplits: 1)[1].filter { $0 != "\"" }
            return value.split(separator: " ").map(String.init)
        }
        return (relations, end.map { text.index(after: $0) } ?? text.endIndex)
    }
}
