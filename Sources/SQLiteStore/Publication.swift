import GRDB
import Model
import Store

/// Makes a run visible: everything here happens inside one transaction.
///
/// Each step is a few statements over whole sets, so that a publication costs what it changes.
struct Publication {
    let row: RunRow
    let served: CollectionRow
    let at: String
    let today: String
    private let db: Database
    /// The collection's greatest revision when the publication is done.
    private(set) var revision: Int64

    init(_ row: RunRow, at: String, today: String, _ db: Database) throws {
        guard let served = try CollectionRow.fetch(row.run.entry, db) else {
            throw SQLiteStore.unknown(row.run.entry)
        }
        guard served.revision == row.baseRevision else {
            throw Fault(
                .runSuperseded,
                "\(row.run.entry) has changed since run \(row.run.number) was compared with it",
                advice: "Discard the run and sync again.", context: ["run": String(row.run.number)])
        }
        self.row = row
        self.served = served
        self.at = at
        self.today = today
        self.db = db
        revision = served.revision
    }

    /// Publishes, and answers the collection's table as it is then.
    mutating func perform(watermark: Watermark?, rules: String) throws {
        // What changes nothing has nothing joined anew.
        var join =
            hasChanges ? try SubjectJoin(entry: row.run.entry, run: row.run.number, at: at, today: today, db) : nil
        let table: GenerationTable
        if let number = row.generation {
            table = try flip(to: number, &join)
        } else {
            guard let current = served.generation else {
                throw Fault(.defect, "a run compares with a collection that has no generation")
            }
            table = current
            if hasChanges { try applyChanges(to: table, &join) }
        }
        try publishFindings(table)
        try settleQuarantine(table)
        try updateCollection(table, watermark: watermark, rules: rules)
        try join?.perform()
        try row.dropStaged(db)
    }

    /// Whether any record will be other than it is.
    private var hasChanges: Bool {
        let difference = row.run.difference
        return row.generation != nil || difference.added + difference.changed + difference.removed > 0
    }

    // MARK: - A run that compared

    private mutating func applyChanges(to table: GenerationTable, _ join: inout SubjectJoin?) throws {
        let run = row.run.number
        let staged = "\(table.staged) WHERE _run = \(run)"
        let columns = table.columns.joined(separator: ", ")
        let last = try Int64.fetchOne(db, sql: "SELECT max(_sequence) FROM \(staged)") ?? 0
        let difference = row.run.difference
        let isLarge = table.isLarge(difference.changed + difference.removed + difference.added, of: served.count)
        if isLarge { try table.dropOrderedIndexes(db) }
        if difference.changed + difference.removed > 0 { try retire(table.ended(by: run), of: table, db) }
        if difference.added > 0 {
            try db.execute(
                sql: """
                    DELETE FROM tombstones WHERE collection = ? AND id IN (SELECT _id FROM \(staged) AND _state <> 2)
                    """, arguments: [row.run.entry])
        }
        try db.execute(
            sql: """
                INSERT INTO \(table.current) (_revision, \(columns))
                SELECT ? + _sequence, \(columns) FROM \(staged) AND _state <> 2
                """, arguments: [served.revision])
        if isLarge { try table.createOrderedIndexes(db) }
        try table.indexPlaces(where: "_revision > ?", arguments: [served.revision], db)
        revision = served.revision + last
        if difference.removed > 0 {
            try db.execute(
                sql: "INSERT INTO tombstones SELECT ?, ? + _sequence, _id, ? FROM \(staged) AND _state = 2",
                arguments: [row.run.entry, served.revision, run])
            revision += try bury(
                """
                SELECT h._id FROM staged_removals s JOIN \(table.past) h ON h._revision = s.revision
                WHERE s.run = \(run)
                """, after: revision)
        }
        try join?.touch(changedIn: table)
    }

    /// Moves versions to history.
    private func retire(_ revisions: String, of table: GenerationTable, _ db: Database) throws {
        let columns = table.columns.joined(separator: ", ")
        try db.execute(
            sql: """
                INSERT INTO \(table.past) (_revision, _until, \(columns))
                SELECT _revision, ?, \(columns) FROM \(table.current) WHERE _revision IN \(revisions)
                """, arguments: [row.run.number])
        if table.place != nil {
            try db.execute(sql: "DELETE FROM \(table.places) WHERE _revision IN \(revisions)")
        }
        try db.execute(sql: "DELETE FROM \(table.current) WHERE _revision IN \(revisions)")
    }

    /// Leaves tombstones for ids, with the revisions that follow.
    private func bury(_ ids: String, after revision: Int64) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO tombstones SELECT ?, ? + row_number() OVER (), _id, ? FROM (\(ids))
                """, arguments: [row.run.entry, revision, row.run.number])
        return Int64(db.changesCount)
    }

    // MARK: - A first load

    /// Serves the new generation; the old one becomes history as a whole.
    private mutating func flip(to number: Int64, _ join: inout SubjectJoin?) throws -> GenerationTable {
        let definition = try Row.fetchOne(
            db, sql: "SELECT definition FROM generations WHERE number = ?", arguments: [number])
        guard let definition else { throw Fault(.storeCorrupt, "generation \(number) is not there") }
        let table = GenerationTable(
            number: number, collection: try definition.definition(Collection.self, "definition"))
        let last = try Int64.fetchOne(db, sql: "SELECT max(_revision) FROM \(table.current)")
        revision = max(last ?? 0, served.revision)
        try db.execute(
            sql: """
                DELETE FROM tombstones WHERE collection = ? AND EXISTS (
                    SELECT 1 FROM \(table.current) WHERE _id = tombstones.id)
                """,
            arguments: [row.run.entry])
        if let old = served.generation {
            revision += try bury(
                """
                SELECT o._id FROM \(old.current) o WHERE NOT EXISTS (
                    SELECT 1 FROM \(table.current) n WHERE n._id = o._id)
                """, after: revision)
            try db.execute(
                sql: "UPDATE generations SET state = 'retired', retired_by = ? WHERE number = ?",
                arguments: [row.run.number, old.number])
        }
        try db.execute(sql: "UPDATE generations SET state = 'serving' WHERE number = ?", arguments: [number])
        try join?.touch(replacing: served.generation, by: table)
        return table
    }

    // MARK: - What belongs to it

    private func publishFindings(_ table: GenerationTable) throws {
        let entry = row.run.entry
        if row.generation != nil {
            try db.execute(sql: "DELETE FROM findings WHERE collection = ?", arguments: [entry])
        } else if try db.hasAny(sql: "SELECT 1 FROM findings WHERE collection = ?", arguments: [entry]) {
            // By id, because a collection may have a finding a record.
            try db.execute(
                sql: """
                    DELETE FROM findings WHERE collection = ?1 AND id IN (
                        SELECT _id FROM \(table.staged) WHERE _run = ?2 UNION ALL
                        SELECT h._id FROM staged_removals s JOIN \(table.past) h ON h._revision = s.revision
                        WHERE s.run = ?2)
                    """, arguments: [entry, row.run.number])
            if row.run.isSnapshot { try DuplicateKey.forget(in: entry, db) }
        }
        try db.executeAgain(
            sql: """
                INSERT INTO findings (collection, id, rule, run, page, record, finding)
                SELECT ?, id, rule, run, page, record, finding FROM staged_findings WHERE run = ?
                """, arguments: [entry, row.run.number])
    }

    /// Takes refused records in, closes the places of those that came again and passed, and marks what is stale.
    private func settleQuarantine(_ table: GenerationTable) throws {
        let run = row.run.number
        let passed: (index: String, condition: String) =
            row.run.isSnapshot
            ? ("", "TRUE")
            : row.generation != nil
                ? ("", "id IN (SELECT _id FROM \(table.current))")
                // A delta looks at the records it brought, however many wait.
                : ("INDEXED BY quarantine_open_by_id", "id IN (SELECT _id FROM \(table.staged) WHERE _run = ?2)")
        if try db.hasAny(
            sql: "SELECT 1 FROM quarantine WHERE entry = ? AND state = 'open'", arguments: [row.run.entry])
        {
            try db.execute(
                sql: """
                    UPDATE quarantine \(passed.index)
                    SET state = 'resolved', reason = 'settled by run ' || ?2, who = 'huitong'
                    WHERE entry = ?1 AND state = 'open' AND \(passed.condition)
                        AND digest NOT IN (SELECT digest FROM staged_refusals WHERE run = ?2)
                    """, arguments: [row.run.entry, run])
        }
        try db.executeAgain(
            sql: """
                INSERT INTO quarantine (entry, run, id, digest, refusal, state, at)
                SELECT ?1, run, id, digest, refusal, 'open', ?3 FROM staged_refusals s WHERE run = ?2 AND NOT EXISTS (
                    SELECT 1 FROM quarantine q WHERE q.entry = ?1 AND q.digest = s.digest AND q.state = 'open')
                """, arguments: [row.run.entry, run, at])
        if row.run.difference.read > 0 { try markStale(table) }
    }

    private func markStale(_ table: GenerationTable) throws {
        let refused = "(SELECT id FROM staged_refusals WHERE run = \(row.run.number) AND id IS NOT NULL)"
        let stale = try Row.fetchAll(
            db, sql: "SELECT _revision, _id FROM \(table.current) WHERE _state <> 0 AND _id NOT IN \(refused)")
        if !stale.isEmpty {
            let seen = try StagingSession.seen(by: row.run.number, db)
            for record in stale where seen.contains(record["_revision"]) { try markGood(record, of: table) }
        }
        guard row.run.difference.refused > 0 else { return }
        try db.execute(
            sql: "UPDATE \(table.current) SET _state = 1 WHERE _id IN \(refused) AND _revision <= ?",
            arguments: [served.revision])
    }

    /// The source sent a stale record as it is served: it was refused in between, and is good again.
    private func markGood(_ record: Row, of table: GenerationTable) throws {
        let revision: Int64 = record["_revision"]
        let id: String = record["_id"]
        try db.execute(sql: "UPDATE \(table.current) SET _state = 0 WHERE _revision = ?", arguments: [revision])
        try db.execute(
            sql: """
                UPDATE quarantine SET state = 'resolved', reason = 'settled by run ' || ?, who = 'huitong'
                WHERE entry = ? AND state = 'open' AND id = ?
                """, arguments: [row.run.number, row.run.entry, id])
    }

    private func updateCollection(_ table: GenerationTable, watermark: Watermark?, rules: String) throws {
        let difference = row.run.difference
        let count =
            row.generation == nil
            ? served.count + Int64(difference.added - difference.removed)
            : Int64(difference.added + difference.changed)
        var filled = served.filled
        if row.run.isSnapshot || row.generation != nil {
            filled = Dictionary(
                zip(table.collection.fields.map(\.name), row.filled), uniquingKeysWith: { first, _ in first })
        }
        try db.executeAgain(
            sql: """
                UPDATE collections SET generation = ?, revision = ?, count = ?, rules = ?, filled = ?,
                    watermark = coalesce(?, watermark), published_run = ?, published_at = ? WHERE name = ?
                """,
            arguments: [
                table.number, revision, count, rules, try json(filled), try watermark.map(json), row.run.number, at,
                row.run.entry,
            ])
        try table.widenExtent(by: row.generation == nil ? served.revision : nil, db)
    }
}
