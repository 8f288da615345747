import GRDB
import Model

/// One typed table of a collection's generation, and the tables beside it.
///
/// `g12` holds the records that are served, `h12` the versions they had before, `r12` the boxes of their places, `c12`
/// what runs that compare with generation 12 would change. The row's number *is* its revision: reading changes in order
/// is reading the table in order, and a new version is a new row at its end. Columns that are ours begin with `_`, which
/// no field's name can.
///
/// A generation has its tables from the beginning, and no run makes or drops one: every table made or dropped has each
/// connection read the whole schema again and prepare its statements anew, which a thousand entries would feel.
struct GenerationTable {
    let number: Int64
    let collection: Collection

    var current: String { "g\(number)" }
    var past: String { "h\(number)" }
    var places: String { "r\(number)" }
    var staged: String { Self.staged(in: number) }
    static func staged(in number: Int64) -> String { "c\(number)" }

    /// The field whose boxes are indexed: the first that is a place.
    var place: Int? { collection.fields.firstIndex(where: \.type.isSpatial) }

    static let boxColumns = ["_west", "_south", "_east", "_north"]

    /// Columns that are ours in every table of records, after the leading one and before those of the fields.
    var ownColumns: [String] {
        ["_id", "_hash", "_run", "_page", "_record", "_state"] + (place == nil ? [] : Self.boxColumns)
    }

    var fieldColumns: [String] { collection.fields.map { Self.quoted($0.name) } }
    /// Last stand the values as they were sent, which only provenance reads.
    var columns: [String] { ownColumns + fieldColumns + ["_originals"] }

    static func quoted(_ name: String) -> String {
        let safe = name.utf8.contains(UInt8(ascii: "\"")) ? name.replacing("\"", with: "\"\"") : name
        return "\"" + safe + "\""
    }

    private func declaration(_ field: CollectionField) -> String {
        let name = Self.quoted(field.name)
        return switch field.type {
        case .integer, .boolean: "\(name) INTEGER"
        case .decimal: "\(name) TEXT COLLATE \(DecimalCollation.name)"
        default: "\(name) TEXT"
        }
    }

    private var declarations: String {
        let own = [
            "_id TEXT NOT NULL", "_hash BLOB", "_run INTEGER NOT NULL", "_page INTEGER", "_record INTEGER",
            "_state INTEGER NOT NULL DEFAULT 0",
        ]
        let boxes = place == nil ? [] : Self.boxColumns.map { "\($0) REAL" }
        return (own + boxes + collection.fields.map(declaration) + ["_originals TEXT"]).joined(separator: ", ")
    }

    /// What `_state` says of a row.
    enum RowState: Int {
        case good = 0
        /// The source sent this record again and it was refused.
        case stale = 1
        /// During a first load of a delta: the record was removed again.
        case removal = 2
    }

    func create(_ db: Database) throws {
        try db.execute(sql: "CREATE TABLE \(current) (_revision INTEGER PRIMARY KEY, \(declarations))")
        try db.execute(
            sql: "CREATE TABLE \(past) (_revision INTEGER PRIMARY KEY, _until INTEGER NOT NULL, \(declarations))")
        try db.execute(sql: "CREATE INDEX \(past)_id ON \(past) (_id)")
        // Nearly always empty: it costs nothing to be there before the rows, and a look at all of them afterwards.
        try db.execute(sql: "CREATE INDEX \(current)_state ON \(current) (_state) WHERE _state <> 0")
    }

    /// The table runs stage into: `_base` is the revision that a row replaces, `_run` says whose row it is.
    func createStaged(_ db: Database) throws {
        try db.execute(
            sql: "CREATE TABLE \(staged) (_sequence INTEGER PRIMARY KEY, _base INTEGER, \(declarations))")
        try createStagedIndex(db)
    }

    /// Finds what a delta changed before in the same run. Most sources keep the order of what is served, so it grows at its
    /// end; an index of ids, which come in any order, would have each batch write most of it again.
    func createStagedIndex(_ db: Database) throws {
        try db.execute(sql: "CREATE INDEX IF NOT EXISTS \(staged)_base ON \(staged) (_base) WHERE _base IS NOT NULL")
    }

    /// The revisions that a run which compared ends: replaced, or not brought any more.
    func ended(by run: Int64) -> String {
        """
        (SELECT _base FROM \(staged) WHERE _run = \(run) AND _base IS NOT NULL
         UNION ALL SELECT revision FROM staged_removals WHERE run = \(run))
        """
    }

    /// Whether so many changes are made sooner without indexes, which are built anew afterwards, than by keeping them up to
    /// date: each change lies elsewhere in every index, and what no longer fits the cache is read and written again.
    func isLarge(_ changes: Int, of served: Int64) -> Bool {
        changes > 20_000 && Int64(changes) * 6 > served
    }

    /// Built after a first load and before its publication: much cheaper than keeping them up to date meanwhile.
    func createIndexes(_ db: Database) throws {
        try createOrderedIndexes(db)
        guard place != nil else { return }
        try db.execute(
            sql: "CREATE VIRTUAL TABLE IF NOT EXISTS \(places) USING rtree (_revision, west, east, south, north)")
        try db.execute(sql: "DELETE FROM \(places)")
        try indexPlaces(where: "TRUE", db)
    }

    /// All but that of places.
    func createOrderedIndexes(_ db: Database) throws {
        // SQLite sorts by as much as its cache may hold: what fits the processor's caches sorts faster, and other threads
        // sort while this one reads. Together this halves the time, and takes a tenth of the memory.
        let cacheSize = try Int.fetchOne(db, sql: "PRAGMA cache_size") ?? SQLiteStore.cacheSize
        try db.execute(sql: "PRAGMA cache_size = -2000; PRAGMA threads = 2")
        defer { try? db.execute(sql: "PRAGMA cache_size = \(cacheSize); PRAGMA threads = 0") }
        // With the hash inside, whether a record changed is answered by the index alone.
        try db.execute(sql: "CREATE INDEX IF NOT EXISTS \(current)_id ON \(current) (_id, _hash)")
        for (position, field) in collection.fields.enumerated() where needsIndex(field) {
            try db.execute(
                sql: """
                    CREATE INDEX IF NOT EXISTS \(current)_\(position) \
                    ON \(current) (\(Self.quoted(field.name)), _id)
                    """)
        }
        guard place != nil else { return }
        // A box also finds what has no place (OGC API – Features, 7.15.3).
        try db.execute(
            sql: "CREATE INDEX IF NOT EXISTS \(current)_nowhere ON \(current) (_id) WHERE _west IS NULL")
    }

    func dropIndexes(_ db: Database) throws {
        try dropOrderedIndexes(db)
        if place != nil { try db.execute(sql: "DROP TABLE IF EXISTS \(places)") }
    }

    func dropOrderedIndexes(_ db: Database) throws {
        try db.execute(sql: "DROP INDEX IF EXISTS \(current)_id")
        for (position, field) in collection.fields.enumerated() where needsIndex(field) {
            try db.execute(sql: "DROP INDEX IF EXISTS \(current)_\(position)")
        }
        if place != nil { try db.execute(sql: "DROP INDEX IF EXISTS \(current)_nowhere") }
    }

    /// A single plain key needs no index of its own: the id is the key.
    func isIdentified(by field: String) -> Bool {
        collection.key == [field] && !collection.hasDigestedKey
    }

    private func needsIndex(_ field: CollectionField) -> Bool {
        field.isIndexed && !field.type.isSpatial && !isIdentified(by: field.name)
    }

    /// Adds the boxes of rows to the index of places.
    func indexPlaces(where condition: String, arguments: StatementArguments = [], _ db: Database) throws {
        guard place != nil else { return }
        try db.execute(
            sql: """
                INSERT INTO \(places) SELECT _revision, _west, _east, _south, _north FROM \(current)
                WHERE _west IS NOT NULL AND \(condition)
                """, arguments: arguments)
    }

    /// Widens the extent of the collection by the places of new rows.
    ///
    /// - Parameter revision: rows after it are new; nil for all of them, where the extent begins anew. It never narrows in
    ///   between: that would take a look at every row.
    func widenExtent(by revision: Int64?, _ db: Database) throws {
        guard place != nil else { return }
        let corners = [("west", "min"), ("south", "min"), ("east", "max"), ("north", "max")]
        let widened = corners.map { corner, choice in
            let known = revision == nil ? "NULL" : "collections.\(corner)"
            return "\(choice)(coalesce(\(known), new.\(corner)), coalesce(new.\(corner), \(known)))"
        }
        let new = corners.map { corner, choice in "\(choice)(_\(corner)) AS \(corner)" }
        try db.execute(
            sql: """
                UPDATE collections SET (west, south, east, north) = (
                    SELECT \(widened.joined(separator: ", ")) FROM (
                        SELECT \(new.joined(separator: ", ")) FROM \(current) WHERE _revision > ?) AS new)
                WHERE name = ?
                """, arguments: [revision ?? -1, collection.name])
    }

    func drop(_ db: Database) throws {
        try db.execute(sql: "DROP TABLE IF EXISTS \(current)")
        try db.execute(sql: "DROP TABLE IF EXISTS \(past)")
        try db.execute(sql: "DROP TABLE IF EXISTS \(staged)")
        if place != nil { try db.execute(sql: "DROP TABLE IF EXISTS \(places)") }
    }

    /// Whether records of the other collection fit this table as they are, and under the same ids.
    func fits(_ other: Collection) -> Bool {
        collection.key == other.key && collection.hasDigestedKey == other.hasDigestedKey
            && collection.fields.count == other.fields.count
            && zip(collection.fields, other.fields).allSatisfy {
                $0.name == $1.name && $0.type == $1.type && needsIndex($0) == needsIndex($1)
            }
    }
}
