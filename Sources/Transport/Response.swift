/// An answer worth reading: status 2xx, or 304 with an empty body. Every other status is a fault.
public struct Response: Sendable {
    public let head: ResponseHead
    public let body: Body

    public init(head: ResponseHead, body: Body) {
        self.head = head
        self.body = body
    }
}
