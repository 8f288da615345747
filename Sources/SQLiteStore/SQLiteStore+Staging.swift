import GRDB
import Model
import Store
import Synchronization

extension SQLiteStore {
    public func stage(
        _ batch: RecordBatch, of ticket: RunTicket, then position: Position
    ) async throws(Fault) {
        let session = try session(of: ticket)
        let staged = try await write(isLong: batch.count > StagingSession.short) { db in
            var staged = session
            try staged.stage(batch, then: position, db)
            return staged
        }
        sessions.withLock { $0[ticket.run.entry] = .some(staged) }
    }

    private func session(of ticket: RunTicket) throws(Fault) -> StagingSession {
        let session = sessions.withLock { $0[ticket.run.entry] ?? nil }
        guard let session, session.row.run.number == ticket.run.number else {
            throw Fault(
                .runState, "run \(ticket.run.number) is not under way",
                context: ["run": String(ticket.run.number), "entry": ticket.run.entry])
        }
        return session
    }

    /// Whether publishing a run takes long: others' commits do not wait for it.
    func isLong(run number: Int64) -> Bool {
        let session = sessions.withLock { $0.values.first { $0?.row.run.number == number } }
        return session??.isLong ?? true
    }

    public func index(_ ticket: RunTicket) async throws(Fault) {
        let session = try session(of: ticket)
        guard session.isFirstLoad else { return }
        try await write(isLong: session.isLong) { db in try session.table.createIndexes(db) }
    }

    public func assess(_ ticket: RunTicket) async throws(Fault) -> Difference {
        let session = try session(of: ticket)
        let assessed = try await write(isLong: session.isLong) { db in
            var assessed = session
            try session.isFirstLoad ? assessed.settleFirstLoad(db) : assessed.settleAdded(db)
            try assessed.assess(db)
            return assessed
        }
        sessions.withLock { $0[ticket.run.entry] = .some(assessed) }
        return assessed.row.run.difference
    }
}

extension StagingSession {
    /// Settles what a first load brought twice, by the index that is there by now.
    fileprivate mutating func settleFirstLoad(_ db: Database) throws {
        for revision in try settleDuplicates(in: table.current, by: "_revision", where: "TRUE", db)
        where table.place != nil {
            try db.execute(sql: "DELETE FROM \(table.places) WHERE _revision = ?", arguments: [revision])
        }
        try db.execute(
            sql: "DELETE FROM \(table.current) WHERE _state = ?",
            arguments: [GenerationTable.RowState.removal.rawValue])
    }

    /// Settles what a later run brought twice of keys that are not served.
    fileprivate mutating func settleAdded(_ db: Database) throws {
        let added = "_run = \(row.run.number) AND _base IS NULL"
        _ = try settleDuplicates(in: table.staged, by: "_sequence", where: added, db)
        try db.execute(
            sql: "DELETE FROM \(table.staged) WHERE \(added) AND _state = ?",
            arguments: [GenerationTable.RowState.removal.rawValue])
    }

    /// Leaves one row of every key: the first of a snapshot, where the others are findings, and the last of a delta.
    ///
    /// - Returns: the numbers of the rows that went.
    private mutating func settleDuplicates(
        in rows: String, by number: String, where condition: String, _ db: Database
    ) throws -> [Int64] {
        let cursor = try Row.fetchCursor(
            db,
            sql: """
                SELECT \(number) AS number, _id, _page, _record FROM \(rows) WHERE \(condition) AND _id IN (
                    SELECT _id FROM \(rows) WHERE \(condition) GROUP BY _id HAVING count(*) > 1)
                ORDER BY _id, number \(isDelta ? "DESC" : "ASC")
                """)
        var kept: String?
        var dropped: [(number: Int64, id: String, locator: SourceLocator)] = []
        while let row = try cursor.next() {
            let id: String = row["_id"]
            defer { kept = id }
            guard id == kept else { continue }
            dropped.append((row["number"], id, SourceLocator(page: row["_page"], record: row["_record"])))
        }
        for (value, id, locator) in dropped {
            try db.execute(sql: "DELETE FROM \(rows) WHERE \(number) = ?", arguments: [value])
            try db.execute(
                sql: "DELETE FROM staged_findings WHERE run = ? AND id = ? AND page = ? AND record = ?",
                arguments: [row.run.number, id, locator.page, locator.record])
            row.run.difference.findings -= db.changesCount
            guard !isDelta else { continue }
            try StagingSession.insert(DuplicateKey.finding, of: id, at: locator, run: row.run.number, db)
            row.run.difference.findings += 1
        }
        row.run.difference.duplicates += dropped.count
        return dropped.map(\.number)
    }

    /// Counts what the run would change.
    mutating func assess(_ db: Database) throws {
        guard let served = try CollectionRow.fetch(row.run.entry, db) else { return }
        row.run.difference.served = Int(served.count)
        if isFirstLoad {
            try compareGenerations(served.generation, db)
        } else {
            try stageRemovals(served, db)
            try countStaged(db)
        }
        if row.run.isSnapshot, row.run.difference.read > 0 {
            row.run.difference.vanished = zip(table.collection.fields, row.filled)
                .filter { $1 == 0 && served.filled[$0.name, default: 0] > 0 }.map(\.0.name)
        }
        if row.run.isSnapshot || isFirstLoad, row.run.difference.read > row.run.difference.refused {
            let unfilled = zip(table.collection.fields, row.filled)
                .filter { $1 == 0 && served.filled[$0.name] == nil && !removalMarks.contains($0.name) }.map(\.0.name)
            row.run.difference.unfilled = unfilled.isEmpty ? nil : unfilled
        }
        row.setQuality(
            row.counts.tally(
                filled: givenColumns.map { row.filled[$0] }, repeated: isDelta ? nil : row.run.difference.duplicates))
        row.run.state = .judging
        try row.update(db)
    }

    private mutating func compareGenerations(_ old: GenerationTable?, _ db: Database) throws {
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table.current)") ?? 0
        guard let old else {
            row.run.difference.added = count
            return
        }
        let both =
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM \(table.current) n WHERE EXISTS (
                        SELECT 1 FROM \(old.current) o WHERE o._id = n._id)
                    """) ?? 0
        row.run.difference.changed = both
        row.run.difference.added = count - both
        row.run.difference.removed = row.run.difference.served - both
    }

    /// What a snapshot did not bring was removed, unless a record's key could not be read: it may be any of them.
    private mutating func stageRemovals(_ served: CollectionRow, _ db: Database) throws {
        guard row.run.isSnapshot, row.run.difference.unidentified == 0, seen.count < served.count else { return }
        let statement = try db.makeStatement(sql: "INSERT INTO staged_removals VALUES (?, ?)")
        // By the index of ids: it is a fraction of the table's size.
        let revisions = try Int64.fetchCursor(
            db, sql: "SELECT _revision FROM \(table.current) INDEXED BY \(table.current)_id")
        while let revision = try revisions.next() {
            if !seen.contains(revision) { try statement.execute(arguments: [row.run.number, revision]) }
        }
    }

    private mutating func countStaged(_ db: Database) throws {
        let counts = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*) FILTER (WHERE _base IS NULL) AS added,
                    count(*) FILTER (WHERE _base IS NOT NULL AND _state <> 2) AS changed,
                    count(*) FILTER (WHERE _state = 2) AS removed,
                    (SELECT count(*) FROM staged_removals WHERE run = ?1) AS absent
                FROM \(table.staged) WHERE _run = ?1
                """, arguments: [row.run.number])
        guard let counts else { return }
        row.run.difference.added = counts["added"]
        row.run.difference.changed = counts["changed"]
        let removed: Int = counts["removed"]
        let absent: Int = counts["absent"]
        row.run.difference.removed = removed + absent
    }
}
