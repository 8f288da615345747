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

    /// Whether a path is this route's, whatever the method.
    func matches(_ path: String) -> Bool {
        let expected = template.split(separator: "/")
        let found = path.split(separator: "/")
        return expected.count == found.count
            && zip(expected, found).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
