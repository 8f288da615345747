import AdapterEngine
import Model
import Normalizing
import Parsing
import Store

/// Reads a source and stages its records: two tasks, so that fetching and parsing overlap with normalising and storing.
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

    private typealias Channel = BatchChannel<(batch: RawBatch, position: Position)>

    private enum Half: Sendable {
        case read(ReadingSummary)
        case staged(position: Position, records: Int, StageTimes)
    }

    /// Runs both tasks to their end.
    func run() async throws(Fault) -> Outcome {
        let channel = Channel(capacity: 1)
        return try await faults {
            try await withTaskCancellationHandler {
                try await withThrowingTaskGroup(of: Half.self) { group in
                    group.addTask(executorPreference: executor) { try await .read(read(into: channel)) }
                    group.addTask(executorPreference: executor) { try await stage(from: channel) }
                    do {
                        return try await join(&group)
                    } catch {
                        channel.cancel()
                        throw error
                    }
                }
            } onCancel: {
                channel.cancel()
            }
        }
    }

    private func read(into channel: Channel) async throws(Fault) -> ReadingSummary {
        let reading = SourceReading(
            scratch: facilities.scratch, now: facilities.now,
            programs: facilities.programs.keepingLog(of: ticket.run.number))
        let summary = try await reading.read(plan, from: ticket.position, send: facilities.send) {
            batch, position throws(Fault) in try await channel.send((batch, position))
        }
        channel.finish()
        return summary
    }

    private func stage(from channel: Channel) async throws(Fault) -> Half {
        var normalizer = try await facilities.normalizer(of: ticket.entry)
        var times = StageTimes()
        var last = ticket.position
        var records = 0
        var batch = RecordBatch(columns: ticket.entry.fields.count)
        while let next = try await channel.next() {
            let began = ContinuousClock.now
            batch.removeAll()
            normalizer.normalize(next.batch, into: &batch)
            times.add("normalise", .now - began)
            var position = next.position
            position.since = greater(sinceColumn.flatMap { Normalizer.greatest(column: $0, in: batch) }, last.since)
            try await times.time("stage") { () throws(Fault) in
                try await facilities.store.stage(batch, of: ticket, then: position)
            }
            last = position
            records += next.batch.count
            progress(position, records)
        }
        return .staged(position: last, records: records, times)
    }

    /// The column whose greatest value says how far the source is known.
    private var sinceColumn: Int? {
        guard case .delta(let delta) = ticket.entry.delivery else { return nil }
        return ticket.entry.fields.firstIndex { $0.name == delta.field }
    }

    private func join(_ group: inout ThrowingTaskGroup<Half, any Error>) async throws -> Outcome {
        var reading = ReadingSummary()
        var outcome = Outcome(reading: reading, position: ticket.position, records: 0, times: StageTimes())
        while let half = try await group.next() {
            switch half {
            case .read(let summary): reading = summary
            case .staged(let position, let records, let times):
                outcome.position = position
                outcome.records = records
                outcome.times.add(times.seconds)
            }
        }
        outcome.reading = reading
        outcome.times.add(reading.seconds)
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
    func following(_ transfer: Transfer.Outcome, version: Int, isSnapshot: Bool) -> Watermark {
        let reading = transfer.reading
        // "Not modified" says nothing new: the validators that were sent still hold.
        let etag = reading.notModified ? reading.etag ?? self?.etag : reading.etag
        let lastModified = reading.notModified ? reading.lastModified ?? self?.lastModified : reading.lastModified
        return Watermark(
            since: isSnapshot ? transfer.position.since ?? self?.since : greater(transfer.position.since, self?.since),
            etag: etag, lastModified: lastModified,
            version: version, state: reading.state ?? self?.state)
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
