import HTTPTypes

/// Every address that is answered, with the parameters it takes: what the router is built from and `docs/http.md` tells.
enum Route: String, CaseIterable, Sendable {
    case landing = "/"
    case collections = "/collections"
    case collection = "/collections/{collection}"
    case schema = "/collections/{collection}/schema"
    case items = "/collections/{collection}/items"
    case item = "/collections/{collection}/items/{id}"
    case history = "/collections/{collection}/items/{id}/history"
    case provenance = "/collections/{collection}/items/{id}/provenance"
    case search = "/collections/{collection}/search"
    case changes = "/collections/{collection}/changes"
    case catalog = "/catalog"
    case catalogEntry = "/catalog/{entry}"
    case runs = "/runs"
    case run = "/runs/{number}"
    case status = "/status"
    case live = "/health/live"
    case ready = "/health/ready"
    case metrics = "/metrics"

    var template: String { rawValue }

    var methods: [HTTPRequest.Method] { self == .search ? [.post] : [.get, .head] }

    /// Names of the parameters after the question mark; `items` takes a collection's fields beside them.
    var parameters: [String] {
        switch self {
        case .items: ["limit", "cursor", "properties", "sortby", "bbox", "f", "bom"]
        case .item: ["properties", "f", "bom"]
        case .search: ["f", "bom"]
        case .changes: ["after", "epoch", "limit", "f"]
        case .runs: ["entry", "limit"]
        default: []
        }
    }

    /// Parts of a path that stand for a name in the template, as they were sent.
    typealias Captured = [(name: String, text: Substring)]

    /// The route that a path is of, whatever the method.
    static func find(_ path: String) -> (route: Route, captured: Captured)? {
        let found = path.utf8.split(separator: UInt8(ascii: "/"))
        for pattern in patterns where pattern.parts.count == found.count {
            var captured: Captured = []
            let isSame = zip(pattern.parts, found).allSatisfy { part, text in
                switch part {
                case .word(let word): return text.elementsEqual(word.utf8)
                case .name(let name):
                    captured.append((name, Substring(text)))
                    return true
                }
            }
            if isSame { return (pattern.route, captured) }
        }
        return nil
    }

    private enum Part {
        case word(String)
        case name(String)
    }

    private static let patterns = allCases.map { route in
        let parts = route.template.split(separator: "/").map { part in
            part.hasPrefix("{") ? Part.name(String(part.dropFirst().dropLast())) : .word(String(part))
        }
        return (route: route, parts: parts)
    }
}
