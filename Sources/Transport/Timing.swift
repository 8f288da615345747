import Foundation

/// The clock, the calendar and the dice, injected so that waits and retries are exact in tests.
public struct Timing: Sendable {
    /// Seconds of a clock that never goes back.
    public var now: @Sendable () -> Double
    /// Seconds since 1970, to read a `Retry-After` that is a date.
    public var date: @Sendable () -> Double
    /// Waits so many seconds, or throws when the task is cancelled.
    public var sleep: @Sendable (Double) async throws -> Void
    /// A number from 0 up to 1.
    public var random: @Sendable () -> Double

    public init(
        now: @escaping @Sendable () -> Double, date: @escaping @Sendable () -> Double,
        sleep: @escaping @Sendable (Double) async throws -> Void, random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.date = date
        self.sleep = sleep
        self.random = random
    }

    /// The machine's own.
    public static var system: Timing {
        Timing(
            now: { ProcessInfo.processInfo.systemUptime },
            date: { Date().timeIntervalSince1970 },
            sleep: { try await Task.sleep(for: .seconds($0)) },
            random: { Double.random(in: 0..<1) })
    }
}
