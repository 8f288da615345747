import GRDB
import Model
import Store
import Synchronization

/// A collection as queries need it: what is served, from which table, and how far it is.
struct ServedCollection {
    let form: ServedForm
    let revision: Int64
    let count: Int64
    let publishedAt: String?
    let extent: BoundingBox?

    var collection: Collection { form.collection }
    var table: GenerationTable? { form.table }
}

/// What a collection's fields are, decoded: it changes with a registration or a new generation only.
struct ServedForm: Sendable {
    let collection: Collection
    let kind: Collection.Kind
    /// Nil until the first publication.
    let table: GenerationTable?
    fileprivate let version: Int64
    /// Another one for every form that was ever decoded in this process.
    let identity: Int

    fileprivate init(_ row: CollectionRow, version: Int64) {
        collection = row.served
        kind = row.collection.kind
        table = row.generation
        self.version = version
        identity = ServedForm.last.add(1, ordering: .relaxed).newValue
    }

    private static let last = Atomic(0)
}

/// Remembers the decoded forms of collections: decoding one costs many times what a point query does.
final class ServedForms: Sendable {
    private let forms = Mutex<[String: ServedForm]>([:])

    /// The collection as it is in the reader's snapshot.
    func fetch(_ name: String, _ db: Database) throws -> ServedCollection? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT definition_version, generation, revision, count, published_at, west, south, east, north
                FROM collections WHERE name = ?
                """)
        guard let row = try Row.fetchOne(statement, arguments: [name]) else { return nil }
        guard let form = try form(name, version: row["definition_version"], generation: row["generation"], db) else {
            return nil
        }
        var extent: BoundingBox?
        if let west: Double = row["west"], let south: Double = row["south"], let east: Double = row["east"],
            let north: Double = row["north"]
        {
            extent = BoundingBox(west: west, south: south, east: east, north: north)
        }
        return ServedCollection(
            form: form, revision: row["revision"], count: row["count"], publishedAt: row["published_at"],
            extent: extent)
    }

    private func form(_ name: String, version: Int64, generation: Int64?, _ db: Database) throws -> ServedForm? {
        let known = forms.withLock { $0[name] }
        if let known, known.version == version, known.table?.number == generation { return known }
        guard let row = try CollectionRow.fetch(name, db) else { return nil }
        let form = ServedForm(row, version: version)
        forms.withLock { $0[name] = form }
        return form
    }
}
