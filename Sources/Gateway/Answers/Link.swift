/// Where to go from here (RFC 8288).
struct Link: Sendable, Equatable {
    var rel: String
    /// Absolute.
    var href: String
    var type: String?
    var title: String?

    init(_ rel: String, _ href: String, type: String? = nil, title: String? = nil) {
        self.rel = rel
        self.href = href
        self.type = type
        self.title = title
    }

    var json: JSONValue {
        .present([
            ("rel", .string(rel)), ("href", .string(href)), ("type", type.map { .string($0) }),
            ("title", title.map { .string($0) }),
        ])
    }

    /// As it stands in a `Link` header.
    var header: String { "<\(href)>; rel=\"\(rel)\"" + (type.map { "; type=\"\($0)\"" } ?? "") }
}
