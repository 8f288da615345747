/// How fast one system may be asked. Requests that name the same system share one pace; the latest values hold.
public struct Pace: Sendable, Equatable {
    /// Any name that is the same for all requests of the system.
    public var system: String
    /// Requests a second at most, evenly spaced; nil where the department set no limit.
    public var requestsPerSecond: Double?
    /// Requests at once at most, each until its body has arrived or was dropped.
    public var concurrency: Int

    public init(system: String, requestsPerSecond: Double? = nil, concurrency: Int = 2) {
        self.system = system
        self.requestsPerSecond = requestsPerSecond
        self.concurrency = concurrency
    }
}
