/// What stands before a body.
public struct ResponseHead: Sendable, Equatable {
    public let status: Int
    public let headers: Headers
    /// Where the answer came from after redirects, to resolve relative links. It may hold secrets: never log it.
    public let url: String

    public init(status: Int, headers: Headers = Headers(), url: String) {
        self.status = status
        self.headers = headers
        self.url = url
    }
}
