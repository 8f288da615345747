import Synchronization
import Transport

/// A clock that sleeping moves on, at once, and that remembers how long was slept.
public final class FakeClock: Sendable {
    private let state = Mutex((now: 1000.0, slept: [Double]()))

    public var slept: [Double] { state.withLock { $0.slept } }

    public init() {}

    public var timing: Timing {
        Timing(
            now: { self.state.withLock { $0.now } },
            date: { 1_700_000_000 },
            sleep: { seconds in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.now += seconds
                    state.slept.append(seconds)
                }
            },
            random: { 1 })
    }
}
