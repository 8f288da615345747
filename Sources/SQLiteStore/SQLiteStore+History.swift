import GRDB
import Model
import Store

extension SQLiteStore {
    public func history(
        of id: String, in collection: String, disclosure: Disclosure
    ) async throws(Fault) -> [RecordVersion] {
        try await look { db in
            guard let row = try CollectionRow.fetch(collection, db) else { throw Self.noCollection(collection) }
            let versions = try RecordHistory(id, row, disclosure, db).versions()
            guard !versions.isEmpty else {
                throw Fault(
                    .notFound, "\(collection) has never had this record", context: ["collection": collection])
            }
            return versions
        }
    }
}

/// Collects the versions of one record from the tables of every generation.
private struct RecordHistory {
    private let id: String
    private let row: CollectionRow
    private let disclosure: Disclosure
    private let db: Database

    init(_ id: String, _ row: CollectionRow, _ disclosure: Disclosure, _ db: Database) {
        self.id = id
        self.row = row
        self.disclosure = disclosure
        self.db = db
    }

    /// One version with the run that ended it.
    private struct Span {
        var page: RecordPage
        var until: Int64?
    }

    func versions() throws -> [RecordVersion] {
        var spans: [Span] = []
        if let table = row.generation { spans += try self.spans(of: table, until: nil) }
        let retired = try Row.fetchAll(
            db,
            sql: """
                SELECT number, definition, retired_by FROM generations WHERE collection = ? AND state = 'retired'
                ORDER BY number DESC
                """, arguments: [row.collection.name])
        for generation in retired {
            let table = GenerationTable(
                number: generation["number"], collection: try generation.definition(Collection.self, "definition"))
            spans += try self.spans(of: table, until: generation["retired_by"])
        }
        return try versions(of: spans)
    }

    private func spans(of table: GenerationTable, until: Int64?) throws -> [Span] {
        let served = row.onCurrentTerms(table.collection)
        let current = try SQLiteStore.rows(
            of: table.current, served: served, where: "_id = ?", [id], disclosure, db)
        var spans = current.batch.count == 0 ? [] : [Span(page: current, until: until)]
        let past = try Row.fetchAll(
            db,
            sql: """
                SELECT _revision, _until FROM \(table.past) WHERE _id = ? ORDER BY _revision DESC
                LIMIT \(RecordQuery.mostVersions)
                """, arguments: [id])
        for version in past {
            let revision: Int64 = version["_revision"]
            let page = try SQLiteStore.rows(
                of: table.past, served: served, where: "_revision = ?", [revision], disclosure, db)
            spans.append(Span(page: page, until: version["_until"]))
        }
        return spans
    }

    /// Puts times to the versions, newest first, and a removal into every gap between them.
    private func versions(of spans: [Span]) throws -> [RecordVersion] {
        var times = try PublicationTimes(db)
        var versions: [RecordVersion] = []
        var next: String?
        for span in spans {
            let from = span.page.envelopes[0].publishedAt
            let until = try span.until.map { try times.time(of: $0) }
            if let until, until != next {
                let empty = RecordPage(fields: span.page.fields, batch: RecordBatch(columns: 0), envelopes: [])
                versions.append(RecordVersion(page: empty, validFrom: until, validTo: next, isRemoval: true))
            }
            versions.append(RecordVersion(page: span.page, validFrom: from, validTo: until, isRemoval: false))
            next = from
        }
        return Array(versions.prefix(RecordQuery.mostVersions))
    }
}
