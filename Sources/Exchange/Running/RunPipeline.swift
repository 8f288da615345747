import AdapterEngine
import Foundation
import Model
import Normalizing
import Store

/// One run from first request to publication: begin, read, normalise and stage, assess, judge, publish or hold.
struct RunPipeline: Sendable {
    let facilities: Facilities
    let executor: RunExecutor
    /// Told the run's number once it has one.
    let began: @Sendable (Int64) async -> Void
    let report: @Sendable (RunProgress) -> Void

    private var store: any ExchangeStore { facilities.store }

    /// A run that ended.
    struct Outcome: Sendable {
        let run: Run
        /// Whether it was published and more waits to be read: another run can follow at once.
        var isFollowed = false
    }

    /// Runs an entry.
    ///
    /// - Returns: the run as it ended: published, held or failed.
    /// - Throws: what kept it from beginning, and `run.cancelled` where the task was cancelled: then the run is left as it
    ///   stands, and whoever cancelled says what becomes of it.
    func run(_ order: SyncOrder) async throws(Fault) -> Outcome {
        let registration = try await facilities.registration(of: order.entry)
        let ticket = try await begin(order, registration)
        await began(ticket.run.number)
        progress(ticket.run, .fetching, at: ticket.position, records: 0)
        do {
            let outcome = try await carry(ticket)
            report(RunProgress(ended: outcome.run))
            return outcome
        } catch {
            if Task.isCancelled { throw Fault(.runCancelled, "run \(ticket.run.number) was stopped") }
            let fault = error.at(["entry": ticket.run.entry, "run": String(ticket.run.number)])
            let run = try await store.end(run: ticket.run.number, as: .failed, fault: fault, decision: nil)
            report(RunProgress(ended: run))
            return Outcome(run: run)
        }
    }

    private func begin(_ order: SyncOrder, _ registration: Registration) async throws(Fault) -> RunTicket {
        let entry = registration.entry
        let rules = try Normalizer.rules(of: entry)
        var isSnapshot = entry.delivery == .snapshot || order.isSnapshot == true
        // The first answer of a source that delivers changes is everything it has.
        if !isSnapshot { isSnapshot = try await store.watermark(of: entry.name) == nil }
        let run = RunOrder(entry: entry.name, trigger: order.trigger, isSnapshot: isSnapshot, rules: rules)
        let ticket = try await store.begin(run)
        guard ticket.position != Position(), facilities.readsProgram(entry) else { return ticket }
        // A program begins at the beginning: what an interrupted run staged of its output is of no use.
        let fault = Fault(
            .runStalled, "the exchange ended before run \(ticket.run.number) did",
            advice: "Nothing: another run takes its place.", context: ["entry": entry.name])
        _ = try await store.end(run: ticket.run.number, as: .failed, fault: fault, decision: nil)
        return try await store.begin(run)
    }

    private func carry(_ ticket: RunTicket) async throws(Fault) -> Outcome {
        let number = ticket.run.number
        let plan = try facilities.plan(ticket.entry, watermark: ticket.watermark, run: ticket.run)
        let transfer = try await Transfer(
            facilities: facilities, executor: executor, plan: plan, ticket: ticket,
            progress: { progress(ticket.run, .fetching, at: $0, records: $1) }
        ).run()
        let watermark = ticket.watermark.following(transfer, of: ticket.run)
        var times = transfer.times
        if transfer.reading.notModified {
            let run = try await times.time("publish") { () throws(Fault) in
                try await store.publishUnchanged(ticket, watermark: watermark)
            }
            return Outcome(run: run)
        }
        progress(ticket.run, .judging, at: transfer.position, records: transfer.records)
        try await times.time("index") { () throws(Fault) in try await store.index(ticket) }
        let difference = try await times.time("judge") { () throws(Fault) in try await store.assess(ticket) }
        let verdict = judge(ticket, promised: transfer.promised).verdict(on: difference)
        var run = try await times.time("publish") { () throws(Fault) in
            try await act(on: verdict, run: number, watermark: watermark)
        }
        // What is published is published: how long it took is not worth a failure.
        run.stages = (try? await store.note(stages: times.seconds, run: number)) ?? times.seconds
        return Outcome(
            run: run,
            isFollowed: run.state == .published && transfer.reading.moreWait)
    }

    private func judge(_ ticket: RunTicket, promised: Int?) -> Judge {
        Judge(
            limits: ticket.entry.limits, isSnapshot: ticket.run.isSnapshot, isFirst: ticket.isEmpty,
            hasNewRules: ticket.hasNewRules, promised: promised)
    }

    private func act(on verdict: Verdict, run number: Int64, watermark: Watermark) async throws(Fault) -> Run {
        switch verdict {
        case .publish: try await store.publish(run: number, watermark: watermark, decision: nil)
        case .hold(let suspicions):
            try await store.hold(run: number, reasons: suspicions.map(\.sentence), watermark: watermark)
        }
    }

    private func progress(_ run: Run, _ state: Run.State, at position: Position, records: Int) {
        report(
            RunProgress(
                run: run.number, entry: run.entry, state: state, page: position.page, records: records,
                promised: position.promised))
    }
}

extension RunProgress {
    /// The last step of a run.
    init(ended run: Run) {
        self.init(run: run.number, entry: run.entry, state: run.state, records: run.difference.read, outcome: run)
    }
}

extension StageTimes {
    /// Adds what a piece of work takes.
    mutating func time<Result>(
        _ stage: String, _ work: () async throws(Fault) -> Result
    ) async throws(Fault) -> Result {
        let began = ContinuousClock.now
        defer { add(stage, .now - began) }
        return try await work()
    }
}
