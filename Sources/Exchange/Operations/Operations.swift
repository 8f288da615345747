import Foundation
import Model
import Store
import Synchronization

/// What people and the daemon can do with an exchange, in the process that holds its data directory.
public struct Operations: ExchangeControl {
    public let facilities: Facilities
    let runner: Runner
    /// Whether the catalogue's folder is registered at start and on change.
    let registersFolder: Bool
    /// Told when what is registered has changed.
    let changed: @Sendable () -> Void
    /// When the daemon started; nil without one.
    let startedAt: String?
    let nextStart: @Sendable (String) -> Date?
    /// What keeps the schedule from starting runs; nil while it works, and where no daemon runs.
    let scheduleFault: @Sendable () -> Fault?

    public init(
        facilities: Facilities, runner: Runner, registersFolder: Bool = false, startedAt: String? = nil,
        changed: @escaping @Sendable () -> Void = {}, nextStart: @escaping @Sendable (String) -> Date? = { _ in nil },
        scheduleFault: @escaping @Sendable () -> Fault? = { nil }
    ) {
        self.facilities = facilities
        self.runner = runner
        self.registersFolder = registersFolder
        self.startedAt = startedAt
        self.changed = changed
        self.nextStart = nextStart
        self.scheduleFault = scheduleFault
    }

    var store: any ExchangeStore { facilities.store }

    public func sync(
        _ order: ControlSync, report: @escaping @Sendable (RunProgress) -> Void
    ) async throws(Fault) -> [Run] {
        var names = order.entries
        if names.isEmpty {
            names = try await store.registrations().filter { !$0.isPaused }.map(\.entry.name).sorted()
        }
        for name in order.entries { _ = try await facilities.registration(of: name) }
        return try await faults {
            try await withThrowingTaskGroup(of: (Int, [Run]).self) { group in
                for (index, name) in names.enumerated() {
                    let single = SyncOrder(entry: name, trigger: order.trigger, isSnapshot: order.isSnapshot)
                    group.addTask { (index, await runs(single, report: report)) }
                }
                var ended: [(Int, [Run])] = []
                for try await runs in group { ended.append(runs) }
                return ended.sorted { $0.0 < $1.0 }.flatMap(\.1)
            }
        }
    }

    /// The run of an entry, and those that follow it at once where more waits to be read.
    private func runs(_ order: SyncOrder, report: @escaping @Sendable (RunProgress) -> Void) async -> [Run] {
        let ended = Mutex<[Run]>([])
        do {
            _ = try await runner.run(order) { step in
                if let run = step.outcome { ended.withLock { $0.append(run) } }
                report(step)
            }
            return ended.withLock { $0 }
        } catch {
            let run = Run(
                number: 0, entry: order.entry, version: 0, state: .failed, trigger: order.trigger,
                startedAt: facilities.timestamp, fault: error)
            report(RunProgress(ended: run))
            return ended.withLock { $0 } + [run]
        }
    }

    public func publish(_ decision: ControlDecision) async throws(Fault) -> Run {
        _ = try await run(decision.run, in: [.held], to: "published")
        return try await store.publish(
            run: decision.run, watermark: nil, decision: decided("publish", decision))
    }

    public func discard(_ decision: ControlDecision) async throws(Fault) -> Run {
        _ = try await run(decision.run, in: [.held], to: "discarded")
        return try await store.end(
            run: decision.run, as: .cancelled, fault: nil, decision: decided("discard", decision))
    }

    public func cancel(_ decision: ControlDecision) async throws(Fault) -> Run {
        let found = try await run(decision.run, in: [.queued, .fetching, .judging], to: "cancelled")
        let verdict = decided("cancel", decision)
        guard await runner.isRunning(decision.run) else {
            return try await store.end(run: decision.run, as: .cancelled, fault: nil, decision: verdict)
        }
        try await runner.cancel(decision.run, decision: verdict)
        while await runner.isRunning(decision.run) { try? await Task.sleep(for: .milliseconds(20)) }
        return try await store.run(decision.run) ?? found
    }

    public func pause(_ pause: ControlPause) async throws(Fault) -> ControlDone { try await setPaused(true, pause) }

    public func resume(_ pause: ControlPause) async throws(Fault) -> ControlDone { try await setPaused(false, pause) }

    private func setPaused(_ isPaused: Bool, _ pause: ControlPause) async throws(Fault) -> ControlDone {
        let registration = try await facilities.registration(of: pause.entry)
        guard registration.isPaused != isPaused else { return ControlDone(count: 0, left: 1) }
        try await store.setPaused(isPaused, entry: pause.entry, who: pause.who, reason: pause.reason)
        changed()
        return ControlDone()
    }

    private func decided(_ verb: String, _ decision: ControlDecision) -> Run.Decision {
        Run.Decision(verb: verb, who: decision.who, reason: decision.reason, at: facilities.timestamp)
    }

    private func run(_ number: Int64, in states: [Run.State], to verb: String) async throws(Fault) -> Run {
        guard let run = try await store.run(number) else {
            throw Fault(
                .notFound, "there is no run \(number)", advice: "See the last ones: huitong status",
                context: ["run": String(number)])
        }
        guard states.contains(run.state) else {
            throw Fault(
                .runState, "run \(number) is \(run.state.rawValue) and cannot be \(verb)",
                advice: states == [.held] ? "Only a held run waits for a decision." : "Only a run under way can be.",
                context: ["run": String(number)])
        }
        return run
    }
}

extension Operations {
    /// Starts runs and tells their steps as they happen; the last of each carries its outcome.
    ///
    /// The runs go on where nobody listens any more.
    public func steps(of order: ControlSync) async throws(Fault) -> AsyncStream<RunProgress> {
        for name in order.entries { _ = try await facilities.registration(of: name) }
        let (steps, step) = AsyncStream<RunProgress>.makeStream()
        Task {
            _ = try? await sync(order) { step.yield($0) }
            step.finish()
        }
        return steps
    }
}
