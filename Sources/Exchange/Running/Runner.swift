import Catalog
import Foundation
import Model
import Store

/// Runs under way: never two of one entry, never more at once than the settings and the systems allow.
public actor Runner {
    /// Why a run that had begun was stopped.
    private enum Stop: Sendable {
        /// A person said so: it ends.
        case decided(Run.Decision)
        /// The daemon ends: the run is taken up where it stopped.
        case closing
    }

    private struct Running {
        var number: Int64?
        var task: Task<RunPipeline.Outcome, any Error>?
        var stop: Stop?
        var hasLane = false
        let wait = SourceWait()
    }

    private struct Waiting {
        let entry: String
        let system: String
        let limit: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private let facilities: Facilities
    private let executor = RunExecutor()
    private let ended: @Sendable (Run) async -> Void
    private var running: [String: Running] = [:]
    private var lanes: Lanes
    private var waiting: [Waiting] = []
    private var isWatching = false
    private let patience: Duration
    private var isClosing = false

    /// - Parameters:
    ///   - limit: runs at once.
    ///   - patience: how long a source may be silent before its run lends its lane to others: a department that hangs must
    ///     not keep the others waiting.
    ///   - ended: called with every run that ended, to tell who wants to know.
    public init(
        facilities: Facilities, limit: Int, patience: Duration = .seconds(5),
        ended: @escaping @Sendable (Run) async -> Void = { _ in }
    ) {
        self.facilities = facilities
        self.patience = patience
        self.ended = ended
        lanes = Lanes(limit: limit)
    }

    /// Runs an entry, waiting for its turn, and again while a run is published and more waits to be read.
    ///
    /// - Returns: the last run as it ended: published, held, failed or cancelled.
    /// - Throws: `run.overlaps` while another run of the entry is under way, what kept the run from beginning, and
    ///   `run.interrupted` where the exchange ends before the run does.
    public func run(
        _ order: SyncOrder, report: @escaping @Sendable (RunProgress) -> Void
    ) async throws(Fault) -> Run {
        guard running[order.entry] == nil else {
            throw Fault(
                .runOverlaps, "a run of \(order.entry) is under way already",
                advice:
                    "Wait for it, or stop it: huitong run cancel \(running[order.entry]?.number.map(String.init) ?? "N")",
                context: ["entry": order.entry])
        }
        running[order.entry] = Running()
        defer { running[order.entry] = nil }
        let entry = try await facilities.registration(of: order.entry).entry
        let system = facilities.catalogue.current.system(named: entry.source.system)
        guard await enter(order.entry, of: entry.source.system, limit: system?.concurrency ?? 1) else {
            throw Runner.interrupted(order)
        }
        defer { leave(entry.source.system) }
        var order = order
        while true {
            let outcome = try await carry(order, report: report)
            await ended(outcome.run)
            guard outcome.isFollowed, !isClosing else { return outcome.run }
            // Everything was asked for once: what follows are changes.
            order.isSnapshot = nil
        }
    }

    /// Stops a run under way for good.
    ///
    /// - Throws: `run.wrong-state` where it is not under way here.
    public func cancel(_ number: Int64, decision: Run.Decision) throws(Fault) {
        guard let (entry, found) = running.first(where: { $0.value.number == number }) else {
            throw Fault(
                .runState, "run \(number) is not under way", advice: "See what is: huitong status",
                context: ["run": String(number)])
        }
        running[entry]?.stop = .decided(decision)
        found.task?.cancel()
    }

    /// Whether a run is under way here.
    public func isRunning(_ number: Int64) -> Bool { running.values.contains { $0.number == number } }

    /// Entries whose runs are under way or wait for their turn.
    public var busy: Set<String> { Set(running.keys) }

    /// Lets runs end for so long, then stops those left where they are: the next daemon takes them up.
    public func close(within grace: Duration) async {
        isClosing = true
        for place in waiting { place.continuation.resume(returning: false) }
        waiting = []
        let deadline = ContinuousClock.now + grace
        while !running.isEmpty, ContinuousClock.now < deadline { try? await Task.sleep(for: .milliseconds(20)) }
        for entry in running.keys {
            if running[entry]?.stop == nil { running[entry]?.stop = .closing }
            running[entry]?.task?.cancel()
        }
        while !running.isEmpty { try? await Task.sleep(for: .milliseconds(20)) }
    }

    private func carry(
        _ order: SyncOrder, report: @escaping @Sendable (RunProgress) -> Void
    ) async throws(Fault) -> RunPipeline.Outcome {
        let wait = running[order.entry]?.wait ?? SourceWait()
        let pipeline = RunPipeline(
            facilities: facilities.asking(wait, insists: order.trigger == .command), executor: executor,
            began: { await self.note($0, of: order.entry) }, report: report)
        // A task of its own: a caller that goes away does not take the run with it.
        let task = Task(executorPreference: executor) { try await pipeline.run(order) }
        running[order.entry]?.task = task
        switch await task.result {
        case .success(let outcome): return outcome
        case .failure(let error):
            let fault = error as? Fault ?? Fault(.defect, "an unexpected error: \(type(of: error))")
            return RunPipeline.Outcome(run: try await stopped(order, fault, report: report))
        }
    }

    private func stopped(
        _ order: SyncOrder, _ fault: Fault, report: @Sendable (RunProgress) -> Void
    ) async throws(Fault) -> Run {
        guard let place = running[order.entry], let stop = place.stop else { throw fault }
        guard case .decided(let decision) = stop, let number = place.number else { throw Runner.interrupted(order) }
        let run = try await facilities.store.end(run: number, as: .cancelled, fault: nil, decision: decision)
        report(RunProgress(ended: run))
        return run
    }

    private func note(_ number: Int64, of entry: String) { running[entry]?.number = number }

    private func enter(_ entry: String, of system: String, limit: Int) async -> Bool {
        if isClosing { return false }
        if takeLane(entry, of: system, limit: limit) { return true }
        watch()
        return await withCheckedContinuation {
            waiting.append(Waiting(entry: entry, system: system, limit: limit, continuation: $0))
        }
    }

    private var lent: Int { running.values.count { $0.hasLane && $0.wait.isLonger(than: patience) } }

    private func takeLane(_ entry: String, of system: String, limit: Int) -> Bool {
        guard lanes.enter(system, limit: limit, lent: lent) else { return false }
        running[entry]?.hasLane = true
        return true
    }

    private func leave(_ system: String) {
        lanes.leave(system)
        admit()
    }

    /// Lets those in who find a lane, in the order they came.
    private func admit() {
        var place = 0
        while place < waiting.count, !lanes.isFull(lent: lent) {
            let next = waiting[place]
            if takeLane(next.entry, of: next.system, limit: next.limit) {
                waiting.remove(at: place).continuation.resume(returning: true)
            } else {
                place += 1
            }
        }
    }

    /// Looks for lanes that are lent, as long as a run waits for one.
    private func watch() {
        guard !isWatching else { return }
        isWatching = true
        Task {
            repeat {
                try? await Task.sleep(for: min(patience, .seconds(1)))
                admit()
            } while !waiting.isEmpty
            isWatching = false
        }
    }

    private static func interrupted(_ order: SyncOrder) -> Fault {
        Fault(
            .runStalled, "the exchange ended before the run of \(order.entry) did",
            advice: "Start it again: the run goes on where it stopped.", context: ["entry": order.entry])
    }
}
