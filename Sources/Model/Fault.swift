/// Why something could not be done, in a form that people, programs and the scheduler can act on.
///
/// Every error that crosses a target's boundary is a `Fault`. It is returned, never logged on the way, and written once
/// at the top. A fault never carries a record's content or a secret.
public struct Fault: Error, Sendable, Equatable, Codable {
    /// The stable code, listed in `docs/errors.md`.
    public let code: FaultCode
    /// What happened and where, in one sentence.
    public let message: String
    /// What to do about it, in one sentence.
    public let advice: String?
    /// How long to wait before trying again, in seconds, where the other side said so.
    public let retryAfter: Double?
    /// Where it happened, named: `request`, `page`, `record`, `field`, `file`, `line` and the like.
    public var context: [String: String]

    public init(
        _ code: FaultCode, _ message: String, advice: String? = nil, retryAfter: Double? = nil,
        context: [String: String] = [:]
    ) {
        self.code = code
        self.message = message
        self.advice = advice
        self.retryAfter = retryAfter
        self.context = context
    }

    /// Whether asking again, unchanged, can help.
    public var isRetryable: Bool { code.isRetryable }

    /// The same fault with more said about where it happened.
    public func at(_ place: [String: String]) -> Fault {
        var copy = self
        copy.context.merge(place) { inner, _ in inner }
        return copy
    }
}

extension Fault: CustomStringConvertible {
    public var description: String {
        let place = context.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        return "\(code.rawValue): \(message)" + (place.isEmpty ? "" : " (\(place))") + (advice.map { " \($0)" } ?? "")
    }
}
