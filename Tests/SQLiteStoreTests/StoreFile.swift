import Foundation
import Model
import SQLiteStore
import Store

/// A store in a folder of its own, with a small entry of companies and their penalties.
struct StoreFile: ~Copyable {
    let folder: URL
    let clock = TickingClock(start: 1_795_399_200)  // 2026-11-23T10:00:00+08:00

    var path: String { folder.appending(path: "huitong.sqlite").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "huitong-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func open() throws -> SQLiteStore { try SQLiteStore(path: path, now: clock.now) }

    static func entry(_ name: String, _ fields: [(String, FieldType)], indexed: Set<String> = []) -> Entry {
        Entry(
            name: name, title: name, department: "office",
            source: Entry.Source(system: "source", adapter: "http-json"), key: [fields[0].0],
            fields: fields.map { field, type in
                Field(
                    name: field, title: field, source: .path(field), type: type, isIndexed: indexed.contains(field))
            })
    }

    /// Registers the entry and publishes rows of text, as a snapshot.
    static func publish(_ rows: [[String]], as entry: Entry, in store: SQLiteStore) async throws {
        let ticket = try await stage(rows, as: entry, in: store)
        try await store.index(ticket)
        _ = try await store.assess(ticket)
        _ = try await store.publish(run: ticket.run.number, watermark: nil, decision: nil)
    }

    /// Registers the entry, begins a run, and stages rows of text.
    static func stage(
        _ rows: [[String]], as entry: Entry, in store: SQLiteStore, isSnapshot: Bool = true
    ) async throws -> RunTicket {
        _ = try await store.register(entry, text: entry.name, who: "test", reason: "test")
        let ticket = try await store.begin(
            RunOrder(entry: entry.name, trigger: .command, isSnapshot: isSnapshot, rules: "1"))
        var batch = RecordBatch(columns: entry.fields.count)
        for row in rows {
            var ranges: [Range<Int>] = []
            for value in row {
                let start = batch.bytes.count
                batch.bytes.append(contentsOf: value.utf8)
                ranges.append(start..<batch.bytes.count)
            }
            batch.heads.append(
                RecordBatch.Head(
                    id: ranges[0],
                    hash: RecordBatch.Hash(high: 1, low: UInt64(bitPattern: Int64(row.joined().hashValue))),
                    locator: SourceLocator(page: 1, record: Int32(batch.count + 1))))
            for range in ranges {
                batch.cells.append(RecordBatch.Cell(kind: .text, offset: range.lowerBound, length: range.count))
            }
        }
        try await store.stage(batch, of: ticket, then: Position())
        return ticket
    }
}
