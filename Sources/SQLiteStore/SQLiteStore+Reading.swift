import Filter
import Foundation
import GRDB
import Model
import Store

extension SQLiteStore {
    public func collections() async throws(Fault) -> [CollectionState] {
        try await look { [self] db in
            let epoch = try Self.setting("epoch", db)
            return try String.fetchAll(db, sql: "SELECT name FROM collections ORDER BY name").compactMap { name in
                try forms.fetch(name, db).map { CollectionState($0, epoch) }
            }
        }
    }

    public func collection(_ name: String) async throws(Fault) -> CollectionState? {
        try await look { [self] db in
            try forms.fetch(name, db).map { CollectionState($0, try Self.setting("epoch", db)) }
        }
    }

    static func setting(_ name: String, _ db: Database) throws -> String {
        let statement = try db.cachedStatement(sql: "SELECT value FROM settings WHERE name = ?")
        return try String.fetchOne(statement, arguments: [name]) ?? ""
    }

    public func digestKey() async throws(Fault) -> [UInt8] {
        try registered.digestKey { () throws(Fault) in
            try read { db in Array(try Self.setting("digest-key", db).utf8) }
        }
    }

    public func readAtOnce<Answer>(
        _ collection: String, _ body: (any CollectionReader) throws(Fault) -> Answer
    ) throws(Fault) -> Answer {
        try readers.readAtOnce(collection, body)
    }

    public func read<Answer: Sendable>(
        _ collection: String, within seconds: Double?,
        _ body: @escaping @Sendable (any CollectionReader) throws(Fault) -> Answer
    ) async throws(Fault) -> Answer {
        try await readers.read(collection, within: seconds, body)
    }

    /// - Throws: `request.not-found` where there is no such collection.
    func served(_ name: String, _ db: Database) throws -> ServedCollection {
        guard let served = try forms.fetch(name, db) else { throw Self.noCollection(name) }
        return served
    }

    static func noCollection(_ name: String) -> Fault {
        Fault(
            .notFound, "there is no collection \(name.prefix(64))", advice: "See /collections.",
            context: ["collection": String(name.prefix(64))])
    }

    /// Records of one table as a page.
    static func rows(
        of name: String, served: Collection, where condition: String, _ arguments: StatementArguments,
        _ disclosure: Disclosure, _ db: Database
    ) throws -> RecordPage {
        let columns = served.fields.indices.filter { disclosure.treatment(of: served.fields[$0]) != .absent }
        let reader = RowReader(served, columns: columns, disclosure: disclosure)
        var page = reader.emptyPage()
        let names = columns.map { GenerationTable.quoted(served.fields[$0].name) }
        let list = ([RowReader.envelopeColumns] + names).joined(separator: ", ")
        let statement = try db.cachedStatement(sql: "SELECT \(list) FROM \(name) WHERE \(condition)")
        try statement.setArguments(arguments)
        var times = try PublicationTimes(db)
        try statement.forEachStep { handle in try reader.append(handle, to: &page, times: &times) }
        return page
    }

    public func findings(of collection: String, limit: Int) async throws(Fault) -> [RecordedFinding] {
        try await look { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM findings WHERE collection = ? ORDER BY rowid LIMIT ?",
                arguments: [collection, limit]
            ).map { row in
                let page: Int32? = row["page"]
                let record: Int32? = row["record"]
                return RecordedFinding(
                    id: row["id"], run: row["run"],
                    locator: page.flatMap { page in record.map { SourceLocator(page: page, record: $0) } },
                    finding: try row.decoded(Finding.self, "finding"))
            }
        }
    }
}

extension CollectionState {
    init(_ served: ServedCollection, _ epoch: String) {
        self.init(
            collection: served.collection, revision: served.revision, epoch: epoch, count: served.count,
            publishedAt: served.publishedAt, extent: served.extent)
    }
}
