import NIOCore

/// How long a connection may take for what, and how much it may send.
struct ConnectionLimits: Sendable {
    /// Bytes of a request's target, which stands in its first line.
    var urlBytes: Int
    /// Bytes of a request's body at most, also of one that nobody asked for.
    var bodyBytes: Int
    /// From one answer to the next request's first byte.
    var idle: TimeAmount
    /// From a head's first byte to its last.
    var head: TimeAmount
    /// From a head to the last byte of the body.
    var body: TimeAmount
    /// How long an answer may lie without its reader taking any of it.
    var stall: TimeAmount
    /// From an answer's head until all of it has been taken; nil for answers that go on for as long as what they tell of.
    var answer: TimeAmount?

    /// Requests that may wait on one connection before it is read from again.
    static let mostWaiting = 8

    /// How often a connection looks at its clock.
    var tick: TimeAmount {
        let shortest = [idle, head, body, stall].min() ?? idle
        return .nanoseconds(min(max(shortest.nanoseconds / 4, 20_000_000), 2_500_000_000))
    }
}

extension ConnectionLimits {
    init(_ settings: GatewaySettings) {
        self.init(
            urlBytes: settings.urlLimit, bodyBytes: settings.bodyLimit, idle: .seconds(Int64(settings.idleSeconds)),
            head: .seconds(Int64(settings.headSeconds)), body: .seconds(Int64(settings.bodySeconds)),
            stall: .seconds(Int64(settings.stallSeconds)), answer: .seconds(Int64(settings.streamSeconds)))
    }

    /// Commands of the daemon's own user: a sync is answered for as long as it runs.
    static let control = ConnectionLimits(
        urlBytes: 1 << 10, bodyBytes: 4 << 20, idle: .seconds(60), head: .seconds(10), body: .seconds(30),
        stall: .seconds(600), answer: nil)
}
