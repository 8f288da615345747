import Foundation
import Model
import Synchronization

/// The least that a program can do with the same parser and the same database: no checks, no staging, no history, no
/// findings. One thread reads and parses, one writes.
enum Floor {
    /// As the exchange's.
    private static let batchSize = 5_000

    @Sendable static func load(_ setting: Trial.Setting) throws -> Trial.Outcome {
        let table = try FloorTable(path: setting.folder + "/floor.sqlite")
        try table.create()
        let outcome = try overlap(setting) { try table.insert($0) }
        try table.createIndexes()
        return outcome
    }

    @Sendable static func resync(_ setting: Trial.Setting) throws -> Trial.Outcome {
        let table = try FloorTable(path: setting.folder + "/floor.sqlite")
        var changed = 0
        let outcome = try overlap(setting) { changed += try table.update($0) }
        let share = Double(changed) / Double(max(1, outcome.records))
        guard (0.002...0.02).contains(share) else { throw Failure("\(changed) of \(outcome.records) records changed") }
        return outcome
    }

    private static func overlap(_ setting: Trial.Setting, write: (RawBatch) throws -> Void) throws -> Trial.Outcome {
        let handover = Handover<RawBatch>()
        let read = Handover<Result<Int, any Error>>()
        Thread.detachNewThread {
            let result = Result { try PageReader(setting).readAll(batchesOf: batchSize, emit: handover.put) }
            handover.put(nil)
            read.put(result)
        }
        var records = 0
        while let batch = handover.take() {
            try write(batch)
            records += batch.count
        }
        return Trial.Outcome(records: records, bytes: try read.take()?.get() ?? 0)
    }
}
