import GRDB
import GRDBSQLite
import Model
import Store

extension SQLiteStore {
    public func changes(
        in collection: String, after revision: Int64, epoch: String?, limit: Int, disclosure: Disclosure
    ) async throws(Fault) -> ChangePage {
        let limit = min(max(limit, 1), RecordQuery.greatestLimit)
        return try await look { [self] db in
            let served = try served(collection, db)
            let current = try Self.setting("epoch", db)
            guard epoch == nil || epoch == current, revision >= 0, revision <= served.revision else {
                throw Fault(
                    .changesGone, "the feed of \(collection) does not reach back to what was asked for",
                    advice: "Read the collection anew, then follow changes after its revision \(served.revision).",
                    context: ["collection": collection, "epoch": current, "revision": String(served.revision)])
            }
            var reader = ChangeReader(served, epoch: current, limit: limit, disclosure)
            return try reader.changes(after: revision, db)
        }
    }
}

/// Merges records and tombstones by revision. Both are indexes read from where the consumer stands, and each is read no
/// further than the page goes: what the page costs does not depend on what lies before it or behind it.
private struct ChangeReader {
    /// Bytes after which a page ends: whoever follows the feed asks on, whatever a page holds.
    private static let mostBytes = 8 << 20

    private let served: ServedCollection
    private let epoch: String
    private let limit: Int
    private let reader: RowReader
    private var page: RecordPage
    private var removed: Set<Int> = []

    init(_ served: ServedCollection, epoch: String, limit: Int, _ disclosure: Disclosure) {
        self.served = served
        self.epoch = epoch
        self.limit = limit
        let collection = served.collection
        let columns = collection.fields.indices.filter { disclosure.treatment(of: collection.fields[$0]) != .absent }
        reader = RowReader(collection, columns: columns, disclosure: disclosure)
        page = reader.emptyPage()
    }

    mutating func changes(after revision: Int64, _ db: Database) throws -> ChangePage {
        guard let table = served.table else { return finished(hasMore: false) }
        let names = reader.fields.map { GenerationTable.quoted($0.name) }
        let records = try db.cachedStatement(
            sql: ChangeFeed.records(of: table, columns: [RowReader.envelopeColumns] + names))
        let tombstones = try db.cachedStatement(sql: ChangeFeed.tombstones)
        try records.setArguments([revision])
        try tombstones.setArguments([served.collection.name, revision])
        defer { for statement in [records, tombstones] { sqlite3_reset(statement.sqliteStatement) } }
        return try merge(
            Cursor(records.sqliteStatement, revisionAt: 1), Cursor(tombstones.sqliteStatement, revisionAt: 0), db)
    }

    private mutating func merge(_ records: Cursor, _ tombstones: Cursor, _ db: Database) throws -> ChangePage {
        var (records, tombstones) = (records, tombstones)
        var times = try PublicationTimes(db)
        try records.advance()
        try tombstones.advance()
        while page.batch.count < limit, page.batch.bytes.count < Self.mostBytes,
            records.revision != nil || tombstones.revision != nil
        {
            if records.revision ?? .max < tombstones.revision ?? .max {
                try reader.append(records.handle, to: &page, times: &times)
                try records.advance()
            } else {
                try append(tombstones.handle, &times)
                try tombstones.advance()
            }
        }
        return finished(hasMore: records.revision != nil || tombstones.revision != nil)
    }

    private mutating func append(_ tombstone: OpaquePointer, _ times: inout PublicationTimes) throws {
        removed.insert(page.batch.count)
        let start = page.batch.bytes.count
        if let id = sqlite3_column_text(tombstone, 1) {
            page.batch.bytes.append(
                contentsOf: UnsafeBufferPointer(start: id, count: Int(sqlite3_column_bytes(tombstone, 1))))
        }
        page.batch.heads.append(
            RecordBatch.Head(
                id: start..<page.batch.bytes.count, hash: RecordBatch.Hash(),
                locator: SourceLocator(page: 0, record: 0), isRemoved: true))
        page.batch.cells.append(contentsOf: repeatElement(.null, count: reader.fields.count))
        let run = sqlite3_column_int64(tombstone, 2)
        page.envelopes.append(
            RecordEnvelope(
                revision: sqlite3_column_int64(tombstone, 0), run: run, publishedAt: try times.time(of: run),
                isStale: false))
    }

    /// A page after which nothing comes has reached the collection's revision.
    private func finished(hasMore: Bool) -> ChangePage {
        let last = hasMore ? page.envelopes.last?.revision ?? served.revision : served.revision
        return ChangePage(page: page, removed: removed, epoch: epoch, last: last, hasMore: hasMore)
    }

    /// A statement and the revision of the row it stands on; nil at its end.
    private struct Cursor {
        let handle: OpaquePointer
        let column: Int32
        private(set) var revision: Int64?

        init(_ handle: OpaquePointer, revisionAt column: Int32) {
            self.handle = handle
            self.column = column
        }

        mutating func advance() throws {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: revision = sqlite3_column_int64(handle, column)
            case SQLITE_DONE: revision = nil
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
    }
}

/// The two statements that a feed is read with.
enum ChangeFeed {
    static let tombstones = """
        SELECT revision, id, run FROM tombstones WHERE collection = ? AND revision > ? ORDER BY revision
        """

    static func records(of table: GenerationTable, columns: [String]) -> String {
        """
        SELECT \(columns.joined(separator: ", ")) FROM \(table.current) WHERE _revision > ? ORDER BY _revision
        """
    }
}
