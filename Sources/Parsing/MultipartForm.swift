/// How a body holds its document among other parts (RFC 2046, section 5.1; RFC 2387): SOAP services answer so where they
/// attach files, or are set to MTOM.
public struct MultipartForm: Sendable, Equatable {
    /// What stands between the parts, after two hyphens.
    public var boundary: String
    /// The `Content-ID` of the part that is the document; nil for the first part.
    public var root: String?

    public init(boundary: String, root: String? = nil) {
        self.boundary = boundary
        self.root = root
    }
}
