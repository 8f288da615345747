import Model

/// How often and how patiently a request is tried again. Deciding is pure; `Transport` waits.
public struct RetryPolicy: Sendable, Equatable {
    /// Attempts in all; 1 for no retry.
    public var attempts: Int
    /// Seconds before the second attempt at most; doubled for each further one.
    public var base: Double
    public var factor: Double
    /// Seconds between two attempts at most.
    public var cap: Double
    /// Seconds of a `Retry-After` that are waited out here; for more the fault is returned, and whoever schedules waits.
    public var longestRetryAfter: Double

    public init(
        attempts: Int = 5, base: Double = 0.5, factor: Double = 2, cap: Double = 60, longestRetryAfter: Double = 120
    ) {
        self.attempts = attempts
        self.base = base
        self.factor = factor
        self.cap = cap
        self.longestRetryAfter = longestRetryAfter
    }

    /// Asks once.
    public static var never: RetryPolicy { RetryPolicy(attempts: 1) }

    /// Seconds to wait before the next attempt, or nil to give up.
    ///
    /// Full jitter: anything from nothing to the exponential bound, so that clients that failed together do not return
    /// together. What the other side asked for is the least that is waited.
    func pause(after failure: Failure, attempt: Int, isIdempotent: Bool, random: Double) -> Double? {
        guard attempt < attempts, failure.allowsRetry(isIdempotent: isIdempotent) else { return nil }
        var bound = base
        for _ in 1..<max(attempt, 1) where bound < cap { bound *= factor }
        let jittered = random * min(bound, cap)
        guard let asked = failure.fault.retryAfter else { return jittered }
        return asked <= longestRetryAfter ? max(asked, jittered) : nil
    }
}
