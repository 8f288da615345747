import Model

/// When a system that fails is left alone, and for how long.
public struct CircuitPolicy: Sendable, Equatable {
    /// Attempts in a row that have to fail, looked at whenever a request is given up.
    public var failures: Int
    /// Seconds that it is left alone; doubled each time that it fails again when it is asked after them.
    public var pause: Double
    public var longestPause: Double

    public init(failures: Int = 5, pause: Double = 60, longestPause: Double = 900) {
        self.failures = failures
        self.pause = pause
        self.longestPause = longestPause
    }
}

/// The circuit breaker of one system. Pure; ``Circuits`` keeps one for each.
///
/// Closed, it counts attempts that failed in a row. With as many as the policy says it opens: requests are refused without
/// being sent. After the pause it is half open: one request is let through, once, and what becomes of it closes the
/// circuit or opens it for twice as long.
struct Circuit: Sendable {
    enum Phase: Equatable, Sendable {
        case closed
        case open(until: Double)
        case halfOpen
    }

    /// How a request passes.
    enum Pass: Equatable, Sendable {
        case free
        /// It decides whether the circuit closes.
        case probe
    }

    private(set) var phase = Phase.closed
    private(set) var failures = 0
    private(set) var fault: Fault?
    private(set) var openedAt: Double?
    /// Pauses in a row.
    private var pauses = 0

    /// Lets a request through, or nil where the system is left alone.
    mutating func pass(at now: Double) -> Pass? {
        switch phase {
        case .closed: return .free
        case .halfOpen: return nil
        case .open(let until):
            guard now >= until else { return nil }
            phase = .halfOpen
            return .probe
        }
    }

    /// Seconds until a request is let through; nil where one would be now, or is under way.
    func wait(at now: Double) -> Double? {
        guard case .open(let until) = phase, until > now else { return nil }
        return until - now
    }

    /// The system answered, whatever it said.
    mutating func answered() { self = Circuit() }

    /// A request was given up after so many attempts.
    mutating func failed(_ fault: Fault, attempts: Int, pass: Pass, at now: Double, by policy: CircuitPolicy) {
        failures += attempts
        self.fault = fault
        switch phase {
        case .closed where failures >= policy.failures: open(at: now, by: policy)
        case .halfOpen where pass == .probe: open(at: now, by: policy)
        // Requests that were under way when it opened say nothing new.
        case .closed, .halfOpen, .open: break
        }
    }

    /// Nothing came of a request: who was let through to see made room for the next.
    mutating func abandoned(_ pass: Pass, at now: Double) {
        if pass == .probe, phase == .halfOpen { phase = .open(until: now) }
    }

    private mutating func open(at now: Double, by policy: CircuitPolicy) {
        var pause = policy.pause
        for _ in 0..<pauses where pause < policy.longestPause { pause *= 2 }
        // A system that says when it will be back is taken at its word, within limits.
        pause = min(max(pause, fault?.retryAfter ?? 0), policy.longestPause)
        phase = .open(until: now + pause)
        openedAt = openedAt ?? now
        pauses += 1
    }
}
