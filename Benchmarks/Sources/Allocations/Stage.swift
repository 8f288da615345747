import CAllocations
import District
import Foundation
import Model
import Normalizing
import SQLiteStore
import Store

/// Staging into the embedded store, in batches of a thousand records.
///
/// SQLite's own are counted with ours: it asks for a page of its cache now and then, until that is full.
struct Stage {
    enum Work: String, CaseIterable {
        /// Rows of a first load.
        case load
        /// Records that are as they were.
        case unchanged
    }

    private let batches: [RecordBatch]

    init(_ records: Int) throws {
        var normalizer = try Normalize.normalizer()
        let raw = try Body.batch(records: records)
        var all = RecordBatch(columns: Normalize.entry.fields.count)
        normalizer.normalize(raw, into: &all)
        batches = stride(from: 0, to: records, by: 1000).map { all.part($0..<min($0 + 1000, records)) }
    }

    func allocations(of work: Work) async throws -> UInt64 {
        let folder = FileManager.default.temporaryDirectory.appending(path: "huitong-allocations-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteStore(path: folder.appending(path: "store.sqlite").path)
        _ = try await store.register(Normalize.entry, text: "entity", who: "benchmark", reason: "benchmark")
        if work == .unchanged {
            let ticket = try await begin(store)
            _ = try await stage(in: store, ticket)
            try await store.index(ticket)
            _ = try await store.assess(ticket)
            _ = try await store.publish(run: ticket.run.number, watermark: nil, decision: nil)
        }
        let ticket = try await begin(store)
        let counted = try await stage(in: store, ticket)
        try await store.index(ticket)
        let difference = try await store.assess(ticket)
        let records = batches.reduce(0) { $0 + $1.count }
        guard work == .load ? difference.added == records : difference.unchanged == records else {
            throw Fault(.defect, "staged \(difference) of \(records) records")
        }
        try await store.close()
        return counted
    }

    private func begin(_ store: SQLiteStore) async throws(Fault) -> RunTicket {
        try await store.begin(RunOrder(entry: "entity", trigger: .command, isSnapshot: true, rules: "1"))
    }

    private func stage(in store: SQLiteStore, _ ticket: RunTicket) async throws(Fault) -> UInt64 {
        let before = huitong_allocations()
        for (number, batch) in batches.enumerated() {
            try await store.stage(batch, of: ticket, then: Position(page: number + 2))
        }
        return huitong_allocations() - before
    }
}

extension RecordBatch {
    /// Some of the records, with the whole arena.
    fileprivate func part(_ records: Range<Int>) -> RecordBatch {
        var part = RecordBatch(columns: columns)
        part.bytes = bytes
        part.cells = Array(cells[records.lowerBound * columns..<records.upperBound * columns])
        part.heads = Array(heads[records])
        return part
    }
}
