import AdapterEngine
import Foundation
import Model
import Normalizing
import Parsing
import Store

/// Reads a source and stages its records: three tasks, so that fetching and parsing, normalising and storing overlap.
///
/// Batches pass from one to the next through channels with room for one, and come back to be filled again: memory is set
/// by their number, whatever the source has.
struct Transfer: Sendable {
    /// What a transfer came to.
    struct Outcome: Sendable {
        var reading: ReadingSummary
        var position: Position
        var records: Int
        var times: StageTimes

        /// The number of records that the source promised for the whole of the run.
        var promised: Int? { reading.promised ?? position.promised }
    }

    let facilities: Facilities
    let executor: RunExecutor
    let plan: SourcePlan
    let ticket: RunTicket
    let progress: @Sendable (Position, Int) -> Void

    private struct Raw: Sendable {
        var batch: RawBatch
        var position: Position
    }

    private struct Normal: Sendable {
        var batch: RecordBatch
        var position: Position
    }

    /// What passes between the tasks, and the way back.
    private struct Line: Sendable {
        let raw = BatchChannel<Raw>(capacity: 1)
        let normal = BatchChannel<Normal>(capacity: 1)
        let usedRaw = UsedBatches<RawBatch>()
        let usedNormal = UsedBatches<RecordBatch>()

        func cancel() {
            raw.cancel()
            normal.cancel()
        }
    }

    private enum Part: Sendable {
        case read(ReadingSummary)
        case normalised(StageTimes)
        case staged(position: Position, records: Int, StageTimes)
    }

    /// Runs the tasks to their end.
    func run() async throws(Fault) -> Outcome {
        let line = Line()
        return try await faults {
            try await withTaskCancellationHandler {
                try await withThrowingTaskGroup(of: Part.self) { group in
                    group.addTask(executorPreference: executor) { try await read(into: line) }
                    group.addTask(executorPreference: executor) { try await normalise(along: line) }
                    group.addTask(executorPreference: executor) { try await stage(from: line) }
                    do {
                        return try await join(&group)
                    } catch {
                        line.cancel()
                        throw error
                    }
                }
            } onCancel: {
                line.cancel()
            }
        }
    }

    private func read(into line: Line) async throws(Fault) -> Part {
        let reading = SourceReading(
            scratch: facilities.scratch, now: facilities.now,
            programs: facilities.programs.keepingLog(of: ticket.run.number), pause: facilities.pause)
        let summary = try await reading.read(plan, from: ticket.position, send: facilities.send) {
            batch, position throws(Fault) in
            var full = line.usedRaw.take() ?? RawBatch(columns: batch.columns)
            swap(&full, &batch)
            try await line.raw.send(Raw(batch: full, position: position))
        }
        line.raw.finish()
        return .read(summary)
    }

    private func normalise(along line: Line) async throws(Fault) -> Part {
        var normalizer = try await facilities.normalizer(of: ticket.entry)
        var since = ticket.position.since
        var times = StageTimes()
        while try await normaliseNext(of: line, by: &normalizer, &since, &times) {}
        line.normal.finish()
        return .normalised(times)
    }

    /// One batch, in a scope of its own: what is left of it is nobody else's when it goes back.
    private func normaliseNext(
        of line: Line, by normalizer: inout Normalizer, _ since: inout String?, _ times: inout StageTimes
    ) async throws(Fault) -> Bool {
        guard let next = try await line.raw.next() else { return false }
        var batch = line.usedNormal.take() ?? RecordBatch(columns: ticket.entry.fields.count)
        batch.removeAll()
        let (began, hashed) = (ContinuousClock.now, normalizer.hashSeconds)
        normalizer.normalize(next.batch, into: &batch)
        let hashing = normalizer.hashSeconds - hashed
        // What hashing takes is an estimate from samples, which a short batch may exceed.
        times.add("normalise", seconds: max(0, (.now - began).inSeconds - hashing))
        times.add("hash", seconds: hashing)
        since = greater(sinceColumn.flatMap { Normalizer.greatest(column: $0, in: batch) }, since)
        var position = next.position
        position.since = since
        try await line.normal.send(Normal(batch: batch, position: position))
        line.usedRaw.put(next.batch)
        return true
    }

    private func stage(from line: Line) async throws(Fault) -> Part {
        var staged = (position: ticket.position, records: 0)
        var times = StageTimes()
        while try await stageNext(of: line, &staged, &times) {}
        return .staged(position: staged.position, records: staged.records, times)
    }

    private func stageNext(
        of line: Line, _ staged: inout (position: Position, records: Int), _ times: inout StageTimes
    ) async throws(Fault) -> Bool {
        guard let next = try await line.normal.next() else { return false }
        try await times.time("stage") { () throws(Fault) in
            try await facilities.store.stage(next.batch, of: ticket, then: next.position)
        }
        staged.position = next.position
        staged.records += next.batch.count + next.batch.refusals.count
        progress(staged.position, staged.records)
        line.usedNormal.put(next.batch)
        return true
    }

    /// The column whose greatest value says how far the source is known.
    private var sinceColumn: Int? {
        guard case .delta(let delta) = ticket.entry.delivery else { return nil }
        return ticket.entry.fields.firstIndex { $0.name == delta.field }
    }

    private func join(_ group: inout ThrowingTaskGroup<Part, any Error>) async throws -> Outcome {
        var outcome = Outcome(
            reading: ReadingSummary(), position: ticket.position, records: 0, times: StageTimes())
        while let part = try await group.next() {
            switch part {
            case .read(let summary):
                outcome.reading = summary
                outcome.times.add(summary.seconds)
            case .normalised(let times): outcome.times.add(times.seconds)
            case .staged(let position, let records, let times):
                outcome.position = position
                outcome.records = records
                outcome.times.add(times.seconds)
            }
        }
        return outcome
    }
}

/// The later of two values of a delta's field: by number where both are whole numbers, else as text, which is the order
/// of dates in their normal form.
func greater(_ left: String?, _ right: String?) -> String? {
    guard let left, let right else { return left ?? right }
    if let first = Int64(left), let second = Int64(right) { return first > second ? left : right }
    return left > right ? left : right
}

extension Watermark? {
    /// How far the source is known once a transfer is published.
    ///
    /// After a snapshot only what it held counts: a source that began anew counts its changes from the start.
    func following(_ transfer: Transfer.Outcome, of run: Run) -> Watermark {
        let reading = transfer.reading
        let start = Date(timestamp: run.startedAt)
        let since = start.flatMap { transfer.position.since?.notAfter($0) } ?? transfer.position.since
        // "Not modified" says nothing new: the validators that were sent still hold.
        let etag = reading.notModified ? reading.etag ?? self?.etag : reading.etag
        let lastModified = reading.notModified ? reading.lastModified ?? self?.lastModified : reading.lastModified
        return Watermark(
            since: run.isSnapshot ? since ?? self?.since : greater(since, self?.since),
            etag: etag, lastModified: lastModified,
            version: run.version, state: reading.state ?? self?.state)
    }
}

/// Runs work whose errors are faults, though a task group has forgotten their type.
func faults<Result>(_ work: () async throws -> Result) async throws(Fault) -> Result {
    do {
        return try await work()
    } catch let fault as Fault {
        throw fault
    } catch is CancellationError {
        throw Fault(.runCancelled, "the work was stopped")
    } catch {
        throw Fault(.defect, "an unexpected error: \(type(of: error))", advice: "Please report it.")
    }
}
