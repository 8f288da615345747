import GRDB
import Model
import Store

/// A collection with what publications have made of it.
struct CollectionRow {
    var collection: Collection
    /// Nil until the first publication.
    var generation: GenerationTable?
    var revision: Int64
    var count: Int64
    var rules: String?
    /// How many records had a value, field by field, after the last snapshot.
    var filled: [String: Int]
    var watermark: Watermark?
    /// Nil until the first publication that counted.
    var quality: QualityTally?
    var publishedAt: String?

    static func fetch(_ name: String, _ db: Database) throws -> CollectionRow? {
        try fetchAll(where: "c.name = ?", [name], db).first
    }

    static func fetchAll(_ db: Database) throws -> [CollectionRow] {
        try fetchAll(where: "TRUE ORDER BY c.name", [], db)
    }

    private static func fetchAll(
        where condition: String, _ arguments: StatementArguments, _ db: Database
    ) throws -> [CollectionRow] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT c.*, g.definition AS built FROM collections c LEFT JOIN generations g ON g.number = c.generation
                WHERE \(condition)
                """)
        return try Row.fetchAll(statement, arguments: arguments).map(CollectionRow.init)
    }

    private init(_ row: Row) throws {
        collection = try row.definition(Collection.self, "definition")
        if let number: Int64 = row["generation"] {
            generation = GenerationTable(number: number, collection: try row.definition(Collection.self, "built"))
        }
        revision = row["revision"]
        count = row["count"]
        rules = row["rules"]
        filled = try row.decodedIfPresent([String: Int].self, "filled") ?? [:]
        watermark = try row.decodedIfPresent(Watermark.self, "watermark")
        quality = try row.decodedIfPresent(QualityTally.self, "quality")
        publishedAt = row["published_at"]
    }

    /// What is served: the fields of the generation, on the terms of the newest registration.
    var served: Collection { generation.map { onCurrentTerms($0.collection) } ?? collection }

    /// A generation's fields on today's terms: a field that was graded higher since is masked at once, one that was
    /// taken out of the entry is served as it was until the next publication.
    func onCurrentTerms(_ built: Collection) -> Collection {
        var served = built
        served.title = collection.title
        served.titleEnglish = collection.titleEnglish
        served.summary = collection.summary
        for index in served.fields.indices {
            guard let newer = collection.fields.first(where: { $0.name == served.fields[index].name }) else { continue }
            served.fields[index].title = newer.title
            served.fields[index].titleEnglish = newer.titleEnglish
            served.fields[index].grade = newer.grade
            served.fields[index].isWithheld = newer.isWithheld
        }
        return served
    }

    /// Creates the next generation of a collection.
    static func newGeneration(of collection: Collection, state: String, _ db: Database) throws -> GenerationTable {
        try db.execute(
            sql: "INSERT INTO generations (collection, definition, state) VALUES (?, ?, ?)",
            arguments: [collection.name, try json(collection), state])
        let table = GenerationTable(number: db.lastInsertedRowID, collection: collection)
        try table.create(db)
        // A subject is joined within a publication: it stages nothing.
        if collection.kind == .entry { try table.createStaged(db) }
        return table
    }

    /// Writes what the collection is to be, without touching what it serves.
    static func define(_ collection: Collection, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO collections (name, definition) VALUES (?1, ?2)
                ON CONFLICT (name) DO UPDATE SET definition = ?2, definition_version = definition_version + 1
                WHERE definition <> ?2
                """,
            arguments: [collection.name, try json(collection)])
    }
}
