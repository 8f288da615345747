import Foundation
import Logging
import Model
import SQLiteStore
import ServiceLifecycle
import Store
import Synchronization
import Testing

@testable import Exchange

/// The schedule in a daemon's hands, over a real source into a real store.
@Suite struct SchedulerTests {
    private final class Clock: Sendable {
        private let offset = Mutex(0.0)

        func advance(by seconds: Double) { offset.withLock { $0 += seconds } }
        var now: Date { Date().addingTimeInterval(offset.withLock { $0 }) }
    }

    /// A thousand runs that end at once tell the scheduler so faster than it looks: it must not lose the time over it.
    @Test func keepsTimeThoughItIsToldFasterThanItLooks() async throws {
        let exchange = try await SmallExchange(
            entry: SmallExchange.snapshot + "\nschedule: {cron: \"* * * * *\", catch_up: 1h}\n")
        exchange.source.has(SmallExchange.records(3))
        let clock = Clock()
        var facilities = exchange.facilities
        facilities = Facilities(
            store: facilities.store, catalogue: facilities.catalogue, secrets: facilities.secrets,
            send: facilities.send, programs: facilities.programs, now: { clock.now })
        let scheduler = Scheduler(
            facilities: facilities, runner: Runner(facilities: facilities, limit: 2), logger: Logger(label: "test"),
            grace: .seconds(1))
        let service = Task { try await scheduler.run() }
        defer { service.cancel() }
        func wait(for count: Int) async throws -> Bool {
            for _ in 0..<500 {
                let runs = try await exchange.store.runs(of: "thing", limit: 10)
                if runs.count(where: { $0.state == .published }) >= count { return true }
                try await Task.sleep(for: .milliseconds(20))
            }
            return false
        }
        #expect(try await wait(for: 1), "what is registered runs at once")
        let end = ContinuousClock.now + .seconds(2.5)
        await Task.detached { while ContinuousClock.now < end { scheduler.refresh() } }.value
        clock.advance(by: 61)
        #expect(try await wait(for: 2), "and again when its minute comes")
    }
}
