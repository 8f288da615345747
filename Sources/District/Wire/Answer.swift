import Hummingbird

/// Answers as departments' systems give them.
enum Answer {
    static func json(_ text: String, type: String = "application/json") -> Response {
        answer(Array(text.utf8), type: type)
    }

    static func xml(_ text: String) -> Response {
        answer(Array((#"<?xml version="1.0" encoding="UTF-8"?>"# + "\n" + text).utf8), type: "text/xml; charset=UTF-8")
    }

    static func xmlInGBK(_ text: String) throws -> Response {
        answer(
            try GBK.bytes(#"<?xml version="1.0" encoding="GBK"?>"# + "\n" + text), type: "text/xml; charset=GBK")
    }

    static func problem(_ status: HTTPResponse.Status, _ message: String) -> Response {
        answer(Array("{\"error\":\(JSONText.string(message))}".utf8), type: "application/json", status: status)
    }

    private static func answer(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension Request {
    /// A whole number of the query, within bounds; nil where it is not a number.
    func number(_ name: Substring, default standard: Int, in range: ClosedRange<Int>) -> Int? {
        guard let text = uri.queryParameters[name] else { return standard }
        guard let number = Int(text) else { return nil }
        return min(max(number, range.lowerBound), range.upperBound)
    }

    func header(_ name: String) -> String? {
        headers.first { $0.name.canonicalName == name.lowercased() }?.value
    }
}
