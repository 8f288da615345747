import Catalog
import Foundation
import Logging
import Model
import ServiceLifecycle
import Store
import Synchronization

/// Starts runs as the ``Schedule`` says, until the daemon ends.
public final class Scheduler: Service {
    private struct State {
        var schedule: Schedule
        /// What is registered or paused may have changed since it was last read.
        var isStale = true
        /// The day for which subjects count.
        var day = ""
        /// Why what is registered could not be read, and since when.
        var fault: Fault?
        var lastLook = ContinuousClock.now
    }

    private let facilities: Facilities
    private let runner: Runner
    private let logger: Logger
    private let grace: Duration
    private let report: @Sendable (RunProgress) -> Void
    private let state: Mutex<State>
    private let ticks: AsyncStream<Void>
    private let tick: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - grace: how long runs may go on once the daemon is told to end.
    ///   - report: told every step of every run that it starts.
    public init(
        facilities: Facilities, runner: Runner, logger: Logger, grace: Duration = .seconds(20),
        report: @escaping @Sendable (RunProgress) -> Void = { _ in }
    ) {
        self.report = report
        self.facilities = facilities
        self.runner = runner
        self.logger = logger
        self.grace = grace
        state = Mutex(State(schedule: Schedule(startedAt: facilities.now())))
        (ticks, tick) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Says that what is registered or paused has changed.
    public func refresh() {
        state.withLock { $0.isStale = true }
        tick.yield()
    }

    /// When an entry starts next by itself.
    public func nextStart(of entry: String) -> Date? {
        let now = facilities.now()
        return state.withLock { $0.schedule.nextStart(of: entry, after: now) }
    }

    /// What keeps it from starting what is due; nil while it works.
    public var fault: Fault? {
        state.withLock { state in
            if let fault = state.fault { return fault }
            let silence = (.now - state.lastLook) / .seconds(1)
            guard silence > Scheduler.longestSilence else { return nil }
            return Fault(
                .unavailable, "the schedule has not been looked at for \(Int(silence)) seconds",
                advice: "Look at the machine's load; start the daemon anew where it stays.")
        }
    }

    /// Seconds between two looks at the clock, far beyond the one that is meant.
    private static let longestSilence = 60.0

    public func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.keepTime() }
                for await _ in ticks {
                    state.withLock { $0.lastLook = .now }
                    await adopt()
                    await followCalendar()
                    let busy = await runner.busy
                    let now = facilities.now()
                    let circuits = facilities.circuits()
                    for start in state.withLock({ $0.schedule.due(at: now, busy: busy, circuits: circuits) }) {
                        group.addTask { await self.carry(start) }
                    }
                }
                await runner.close(within: grace)
                group.cancelAll()
            }
        } onCancelOrGracefulShutdown: {
            self.tick.finish()
        }
    }

    /// Looks at the clock when the next start is due, and every second in between, for clocks that jump.
    private func keepTime() async {
        while true {
            // One that is dropped found another waiting, which does as well.
            if case .terminated = tick.yield() { return }
            let now = facilities.now()
            let next = state.withLock { $0.schedule.nextMoment(after: now) }
            let wait = next?.timeIntervalSince(now) ?? 1
            do { try await Task.sleep(for: .seconds(min(max(wait, 0.05), 1))) } catch { return }
        }
    }

    private func adopt() async {
        guard state.withLock({ $0.isStale }) else { return }
        do {
            let items = try await items()
            let now = facilities.now()
            state.withLock { state in
                state.schedule.adopt(items, at: now)
                state.isStale = false
                state.fault = nil
            }
        } catch {
            let since = facilities.timestamp
            let isNew = state.withLock { state in
                defer { state.fault = state.fault ?? error.at(["since": since]) }
                return state.fault == nil
            }
            // Tried every second: said once.
            if isNew { logger.log(.error, error, about: ["during": "reading the schedule"]) }
        }
    }

    /// Joins subjects anew when a day begins: what counts today may have ended with yesterday.
    private func followCalendar() async {
        let day = ChinaTime.date(facilities.now().timeIntervalSince1970)
        guard state.withLock({ $0.day != day }) else { return }
        do {
            try await facilities.store.refreshSubjects()
            state.withLock { $0.day = day }
        } catch {
            logger.log(.error, error, about: ["during": "counting subjects for \(day)"])
        }
    }

    private func items() async throws(Fault) -> [Schedule.Item] {
        let catalogue = facilities.catalogue.current
        let runs = try await facilities.store.lastRuns()
        var items: [Schedule.Item] = []
        for registration in try await facilities.store.registrations() {
            let entry = registration.entry
            let last = runs[entry.name]
            items.append(
                Schedule.Item(
                    entry: entry, isPaused: registration.isPaused,
                    hours: catalogue.system(named: entry.source.system)?.hours,
                    lastStart: last.flatMap { Date(timestamp: $0.startedAt) },
                    isInterrupted: last.map { !$0.state.isOver } ?? false))
        }
        return items
    }

    private func carry(_ start: Schedule.Start) async {
        let order = SyncOrder(
            entry: start.entry, trigger: start.trigger, isSnapshot: start.isReconcile ? true : nil)
        var run: Run?
        do {
            run = try await runner.run(order, report: report)
        } catch  where error.code == .runStalled {
            // The daemon ends, and the next one takes the run up.
        } catch {
            logger.log(.error, error, about: ["entry": start.entry])
        }
        let now = facilities.now()
        state.withLock { [run] in $0.schedule.ended(run, of: start.entry, at: now) }
        tick.yield()
    }
}
