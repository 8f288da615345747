import Model

/// An answer worth reading: status 2xx, or 304 with an empty body. Every other status is a fault, or an answer that has one
/// where the request wants to read what the body says.
public struct Response: Sendable {
    public let head: ResponseHead
    public let body: Body
    /// What the status says, where it is one of the request's `readableStatuses`; nil for success.
    public let refusal: Fault?

    public init(head: ResponseHead, body: Body, refusal: Fault? = nil) {
        self.head = head
        self.body = body
        self.refusal = refusal
    }
}
