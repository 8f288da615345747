import Synchronization

/// Time that passes a second with every look at it.
final class TickingClock: Sendable {
    private let seconds: Mutex<Double>

    init(start: Double) { seconds = Mutex(start) }

    func set(_ time: Double) { seconds.withLock { $0 = time } }

    var now: @Sendable () -> Double {
        {
            self.seconds.withLock { seconds in
                seconds += 1
                return seconds
            }
        }
    }
}
