import Hummingbird

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

    /// As `json`, without making a value of it.
    func write(to buffer: inout ByteBuffer) {
        let members = [("{\"rel\":", rel), (",\"href\":", href), (",\"type\":", type), (",\"title\":", title)]
        for (name, value) in members {
            guard let value else { continue }
            buffer.writeString(name)
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: value.utf8.count * 6 + 2) { memory in
                var pen = BytePen(memory)
                var value = value
                value.withUTF8 { pen.putJSON(UnsafeRawBufferPointer($0)) }
                return pen.count
            }
        }
        buffer.writeInteger(UInt8(ascii: "}"))
    }
}
