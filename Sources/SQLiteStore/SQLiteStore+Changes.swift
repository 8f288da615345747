import GRDB
import GRDBSQLite
import Model
import Store

extension SQLiteStore {
    public func changes(
        in collection: String, after revision: Int64, epoch: String?, limit: Int, disclosure: Disclosure
    ) async throws(Fault) -> ChangePage {
        let limit = min(max(limit, 1), RecordQuery.greatestLimit)
        return try read { db in
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

/// Merges records and tombstones by revision: both are read in that order, so no more than a page is looked at.
private struct ChangeReader {
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
        var times = try PublicationTimes(db)
        var tombstones = try Row.fetchAll(
            db,
            sql: """
                SELECT revision, id, run FROM tombstones WHERE collection = ? AND revision > ?
                ORDER BY revision LIMIT ?
                """, arguments: [served.collection.name, revision, limit + 1])[...]
        if let table = served.table {
            let names = reader.fields.map { GenerationTable.quoted($0.name) }
            let statement = try db.cachedStatement(
                sql: """
                    SELECT \(([RowReader.envelopeColumns] + names).joined(separator: ", ")) FROM \(table.current)
                    WHERE _revision > ? ORDER BY _revision LIMIT ?
                    """)
            try statement.setArguments([revision, limit + 1])
            try statement.forEachStep { handle in
                let next = sqlite3_column_int64(handle, 1)
                while let tombstone = tombstones.first, tombstone["revision"] < next {
                    try append(tombstones.removeFirst(), &times)
                }
                try reader.append(handle, to: &page, times: &times)
            }
        }
        while page.batch.count <= limit, let tombstone = tombstones.popFirst() { try append(tombstone, &times) }
        return finished(after: revision)
    }

    private mutating func append(_ tombstone: Row, _ times: inout PublicationTimes) throws {
        removed.insert(page.batch.count)
        let id: String = tombstone["id"]
        let start = page.batch.bytes.count
        page.batch.bytes.append(contentsOf: id.utf8)
        page.batch.heads.append(
            RecordBatch.Head(
                id: start..<page.batch.bytes.count, hash: RecordBatch.Hash(),
                locator: SourceLocator(page: 0, record: 0), isRemoved: true))
        page.batch.cells.append(contentsOf: repeatElement(.null, count: reader.fields.count))
        let run: Int64 = tombstone["run"]
        page.envelopes.append(
            RecordEnvelope(
                revision: tombstone["revision"], run: run, publishedAt: try times.time(of: run), isStale: false))
    }

    /// Cuts what is beyond the limit; a page that was not cut has reached the collection's revision.
    private mutating func finished(after revision: Int64) -> ChangePage {
        let hasMore = page.batch.count > limit
        if hasMore {
            let surplus = page.batch.count - limit
            page.batch.heads.removeLast(surplus)
            page.batch.cells.removeLast(surplus * reader.fields.count)
            page.envelopes.removeLast(surplus)
            removed = removed.filter { $0 < limit }
        }
        let last = hasMore ? page.envelopes.last?.revision ?? revision : served.revision
        return ChangePage(page: page, removed: removed, epoch: epoch, last: last, hasMore: hasMore)
    }
}
