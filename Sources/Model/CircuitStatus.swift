/// A system that fails, as its circuit breaker sees it.
public struct CircuitStatus: Sendable, Codable, Equatable {
    public enum State: String, Sendable, Codable, CaseIterable {
        /// It is asked as always.
        case closed
        /// It is left alone for a while.
        case open
        /// One request is let through, to see whether it is well again.
        case halfOpen = "half-open"
    }

    /// The system's name, or host and port of an address that belongs to none.
    public var system: String
    public var state: State
    /// Attempts in a row that failed.
    public var failures: Int
    /// RFC 3339; since when it is left alone.
    public var since: String?
    /// RFC 3339; from when on one request is let through.
    public var nextAttempt: String?
    /// How the last attempt failed.
    public var fault: Fault?

    public init(
        system: String, state: State, failures: Int, since: String? = nil, nextAttempt: String? = nil,
        fault: Fault? = nil
    ) {
        self.system = system
        self.state = state
        self.failures = failures
        self.since = since
        self.nextAttempt = nextAttempt
        self.fault = fault
    }
}
