import Filter
import GRDB
import Model

/// A subject's own collection, and how its records are joined from those of its entries.
///
/// Records of different entries are one thing when their ids are equal: the ids are made of the same key. The first
/// source of a field that has a value gives it; later ones that disagree become findings.
struct SubjectTable {
    enum Scope {
        case touched, everything
    }

    let subject: Subject
    private let run: Int64
    private let at: String
    private let today: String
    private let db: Database
    private let sources: SubjectSources
    private let collection: Collection

    var name: String { subject.name }

    init(_ subject: Subject, run: Int64, at: String, today: String, _ db: Database) throws {
        self.subject = subject
        self.run = run
        self.at = at
        self.today = today
        self.db = db
        sources = try SubjectSources(subject, today: today, db)
        collection = sources.collection
    }

    static func definitions(_ db: Database) throws -> [Subject] {
        try Row.fetchAll(db.cachedStatement(sql: "SELECT definition FROM subjects ORDER BY name")).map {
            try $0.definition(Subject.self, "definition")
        }
    }

    func hasValues(of entry: String) -> Bool { subject.valueEntries.contains(entry) }

    /// The fields by which records of an entry are counted.
    func countingFields(of entry: String) -> Set<String> {
        var fields: Set<String> = []
        for case .count(entry, let by, _) in subject.fields.map(\.rule) { fields.insert(by) }
        return fields
    }

    // MARK: - What is to be joined

    static func prepareTouched(_ db: Database) throws {
        try db.execute(
            sql:
                "CREATE TEMP TABLE IF NOT EXISTS touched (subject TEXT, id TEXT, PRIMARY KEY (subject, id)) WITHOUT ROWID"
        )
        try db.execute(sql: "DELETE FROM touched")
    }

    static func dropTouched(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM touched")
    }

    func touch(_ ids: String) throws {
        try db.execute(sql: "INSERT OR IGNORE INTO touched SELECT ?, * FROM (\(ids))", arguments: [name])
    }

    // MARK: - Joining

    /// Joins again within the scope, and publishes what came out different.
    func join(_ scope: Scope) throws {
        var scope = scope
        try CollectionRow.define(collection, db)
        guard let state = try CollectionRow.fetch(name, db) else { return }
        let table: GenerationTable
        if let current = state.generation, current.fits(collection) {
            table = current
        } else {
            table = try CollectionRow.newGeneration(of: collection, state: "serving", db)
            try table.createIndexes(db)
            scope = .everything
        }
        let isFresh = state.generation?.number != table.number
        var tally = Tally(revision: state.revision, count: isFresh ? 0 : state.count)
        if tally.count == 0 {
            try fill(table, scope, &tally)
            if isFresh, let old = state.generation { try replace(old, by: table, &tally) }
        } else {
            try merge(into: table, scope, &tally)
        }
        try findDisagreements(scope)
        // That the keys agree is why the records are one.
        let compared = sources.disagreements.filter { $0.field != subject.key }
        try SubjectAgreement(subject: name, disagreements: compared, db: db).update(scope)
        try db.execute(
            sql: """
                UPDATE collections SET generation = ?, revision = ?, count = ?, published_run = ?, published_at = ?
                WHERE name = ?
                """, arguments: [table.number, tally.revision, tally.count, run, at, name])
        try table.widenExtent(by: isFresh ? nil : state.revision, db)
        try db.execute(sql: "UPDATE subjects SET joined_on = ? WHERE name = ?", arguments: [today, name])
    }

    /// How far the collection has come, and how many records it has.
    private struct Tally {
        var revision: Int64
        var count: Int64

        mutating func add(_ records: Int) {
            revision += Int64(records)
            count += Int64(records)
        }
    }

    /// Fills an empty table: straight in, with its indexes built afterwards.
    private func fill(_ table: GenerationTable, _ scope: Scope, _ tally: inout Tally) throws {
        guard let selection = sources.selection(scope) else { return }
        try table.dropIndexes(db)
        // A row before the first makes SQLite number those that follow; a window function would, at twice the cost of all.
        try db.execute(
            sql: "INSERT INTO \(table.current) (_revision, _id, _run) VALUES (?, '', ?)",
            arguments: [tally.revision, run])
        try db.execute(
            sql: """
                INSERT INTO \(table.current) (_run, _state, \(sources.columns(of: table)))
                SELECT ?, 0, * FROM (\(selection))
                """, arguments: [run])
        let count = db.changesCount
        try db.execute(sql: "DELETE FROM \(table.current) WHERE _revision = ?", arguments: [tally.revision])
        tally.add(count)
        try table.createIndexes(db)
        try db.execute(
            sql: """
                DELETE FROM tombstones WHERE collection = ? AND EXISTS (
                    SELECT 1 FROM \(table.current) WHERE _id = tombstones.id)
                """,
            arguments: [name])
    }

    /// The old generation becomes history as a whole; what the new one lacks leaves tombstones.
    private func replace(_ old: GenerationTable, by new: GenerationTable, _ tally: inout Tally) throws {
        try db.execute(
            sql: """
                INSERT INTO tombstones SELECT ?, ? + row_number() OVER (), _id, ? FROM \(old.current) o
                WHERE NOT EXISTS (SELECT 1 FROM \(new.current) n WHERE n._id = o._id)
                """, arguments: [name, tally.revision, run])
        tally.revision += Int64(db.changesCount)
        try db.execute(
            sql: "UPDATE generations SET state = 'retired', retired_by = ? WHERE number = ?",
            arguments: [run, old.number])
    }

    /// Compares what comes out with what is served, and moves only what differs.
    private func merge(into table: GenerationTable, _ scope: Scope, _ tally: inout Tally) throws {
        let columns = sources.columns(of: table)
        try db.execute(sql: "DROP TABLE IF EXISTS temp.joined")
        try db.execute(sql: "DROP TABLE IF EXISTS temp.ended")
        if let selection = sources.selection(scope) {
            try db.execute(sql: "CREATE TEMP TABLE joined AS \(selection)")
        } else {
            try db.execute(sql: "CREATE TEMP TABLE joined AS SELECT \(columns) FROM \(table.current) WHERE FALSE")
        }
        try db.execute(sql: "CREATE INDEX temp.joined_id ON joined (_id)")
        let same = table.fieldColumns.map { "j.\($0) IS g.\($0)" }.joined(separator: " AND ")
        let within = scope == .everything ? "TRUE" : "g._id IN (SELECT id FROM touched WHERE subject = \(quoted(name)))"
        try db.execute(
            sql: """
                CREATE TEMP TABLE ended AS SELECT g._revision, g._id, j._id IS NULL AS removed
                FROM \(table.current) g LEFT JOIN joined j ON j._id = g._id
                WHERE \(within) AND (j._id IS NULL OR NOT (\(same)))
                """)
        try db.execute(
            sql: """
                DELETE FROM joined WHERE EXISTS (SELECT 1 FROM \(table.current) g WHERE g._id = joined._id)
                    AND _id NOT IN (SELECT _id FROM ended)
                """)
        try apply(to: table, columns, &tally)
        try db.execute(sql: "DROP TABLE temp.joined")
        try db.execute(sql: "DROP TABLE temp.ended")
    }

    private func apply(to table: GenerationTable, _ columns: String, _ tally: inout Tally) throws {
        let all = table.columns.joined(separator: ", ")
        try db.execute(
            sql: """
                INSERT INTO \(table.past) (_revision, _until, \(all))
                SELECT _revision, ?, \(all) FROM \(table.current) WHERE _revision IN (SELECT _revision FROM ended)
                """, arguments: [run])
        if table.place != nil {
            try db.execute(sql: "DELETE FROM \(table.places) WHERE _revision IN (SELECT _revision FROM ended)")
        }
        try db.execute(sql: "DELETE FROM \(table.current) WHERE _revision IN (SELECT _revision FROM ended)")
        tally.count -= Int64(db.changesCount)
        try db.execute(
            sql: "DELETE FROM tombstones WHERE collection = ? AND id IN (SELECT _id FROM joined)", arguments: [name])
        try db.execute(
            sql: """
                INSERT INTO \(table.current) (_revision, _run, _state, \(columns))
                SELECT ? + row_number() OVER (), ?, 0, \(columns) FROM joined
                """, arguments: [tally.revision, run])
        let before = tally.revision
        tally.add(db.changesCount)
        try table.indexPlaces(where: "_revision > ?", arguments: [before], db)
        try db.execute(
            sql: """
                INSERT INTO tombstones SELECT ?, ? + row_number() OVER (), _id, ? FROM ended WHERE removed
                """, arguments: [name, tally.revision, run])
        tally.revision += Int64(db.changesCount)
    }

    private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    // MARK: - Findings

    static let disagreement = "subject.disagreement"

    private func findDisagreements(_ scope: Scope) throws {
        let touched = "(SELECT id FROM touched WHERE subject = ?)"
        switch scope {
        case .everything:
            try db.execute(sql: "DELETE FROM findings WHERE collection = ?", arguments: [name])
        case .touched:
            try db.execute(
                sql: "DELETE FROM findings WHERE collection = ? AND id IN \(touched)", arguments: [name, name])
        }
        for pair in sources.disagreements {
            let within = scope == .everything ? "TRUE" : "a._id IN \(touched)"
            let finding = Finding(
                field: pair.field, rule: Self.disagreement, severity: .warning,
                message: "\(pair.authority) and \(pair.other) disagree; the former is served")
            var arguments: StatementArguments = [name, Self.disagreement, run, try json(finding)]
            if scope == .touched { arguments += [name] }
            try db.execute(
                sql: """
                    INSERT INTO findings (collection, id, rule, run, finding)
                    SELECT ?, a._id, ?, ?, ? FROM \(pair.from) WHERE \(pair.left) <> \(pair.right) AND \(within)
                    """, arguments: arguments)
        }
    }
}
