import CCurl
import Model

/// An address taken apart by the same parser that connects, so that what is checked is what is asked.
public struct Location: Sendable, Equatable {
    /// The whole address, normalised and without fragment. It may hold secrets: never log it.
    public let text: String
    public let scheme: String
    /// In lower case; empty for `file`.
    public let host: String
    public let port: Int
    /// As written, percent-encoded.
    public let path: String

    /// - Throws: `settings.invalid` where it is no absolute address, or holds a user name.
    public init(_ text: String) throws(Fault) {
        guard let parser = curl_url() else { throw Fault(.unavailable, "There is no memory left to read an address.") }
        defer { curl_url_cleanup(parser) }
        try self.init(reading: text, with: parser, as: "address")
    }

    /// The address that `reference` means when it is met here.
    public func resolving(_ reference: String) throws(Fault) -> Location {
        guard let parser = curl_url() else { throw Fault(.unavailable, "There is no memory left to read an address.") }
        defer { curl_url_cleanup(parser) }
        curl_url_set(parser, CURLUPART_URL, text, UInt32(CURLU_URLENCODE))
        return try Location(reading: reference, with: parser, as: "reference")
    }

    private init(reading text: String, with parser: OpaquePointer, as kind: String) throws(Fault) {
        let flags = UInt32(CURLU_URLENCODE | CURLU_DISALLOW_USER)
        let result = curl_url_set(parser, CURLUPART_URL, text, flags)
        guard result == CURLUE_OK, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            throw Self.unreadable(kind, String(cString: curl_url_strerror(result)))
        }
        curl_url_set(parser, CURLUPART_FRAGMENT, nil, 0)
        guard let whole = Self.part(CURLUPART_URL, of: parser), let scheme = Self.part(CURLUPART_SCHEME, of: parser)
        else {
            throw Self.unreadable(kind, "it has no scheme")
        }
        self.text = whole
        self.scheme = scheme.lowercased()
        host = Self.part(CURLUPART_HOST, of: parser)?.lowercased() ?? ""
        port = Self.part(CURLUPART_PORT, of: parser, flags: UInt32(CURLU_DEFAULT_PORT)).flatMap { Int($0) } ?? 0
        path = Self.part(CURLUPART_PATH, of: parser) ?? "/"
    }

    private static func unreadable(_ kind: String, _ reason: String) -> Fault {
        Fault(
            .badSettings, "The \(kind) cannot be read: \(reason).",
            advice: "Write an absolute address such as https://host/path, with no user name and no line breaks in it.")
    }

    private static func part(_ part: CURLUPart, of parser: OpaquePointer, flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(parser, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    private static let standardPorts = ["https": 443, "http": 80, "sftp": 22, "ftp": 21, "ftps": 990]

    /// Whether it is a file or a folder on a server of files.
    var isOfFiles: Bool { ["sftp", "ftp", "ftps"].contains(scheme) }

    /// Host and path, without the query, for people to read.
    public var place: String {
        let standard = Self.standardPorts[scheme] ?? 0
        return host + (port == standard ? "" : ":\(port)") + path
    }
}
