import GRDB
import Model
import Store

extension SQLiteStore {
    public func quarantined(_ query: QuarantineQuery) async throws(Fault) -> [QuarantinedRecord] {
        try await look { db in
            var conditions = ["number > \(query.after)"]
            var arguments: StatementArguments = []
            if let state = query.state {
                conditions.append("state = ?")
                arguments += [state.rawValue]
            }
            if let entries = query.entries {
                conditions.append("entry IN (\(entries.map { _ in "?" }.joined(separator: ", ")))")
                arguments += StatementArguments(entries)
            }
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM quarantine WHERE \(conditions.joined(separator: " AND "))
                    ORDER BY number LIMIT \(query.limit)
                    """, arguments: arguments
            ).map(Self.quarantined)
        }
    }

    public func quarantined(number: Int64) async throws(Fault) -> QuarantinedRecord? {
        try await look { db in
            try Row.fetchOne(db, sql: "SELECT * FROM quarantine WHERE number = ?", arguments: [number])
                .map(Self.quarantined)
        }
    }

    public func quarantineCounts() async throws(Fault) -> [String: Int64] {
        try await look { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT entry, count(*) AS count FROM quarantine WHERE state = 'open' GROUP BY entry")
            return Dictionary(rows.map { ($0["entry"], $0["count"]) }, uniquingKeysWith: { first, _ in first })
        }
    }

    private static func quarantined(_ row: Row) throws -> QuarantinedRecord {
        guard let state = QuarantinedRecord.State(rawValue: row["state"]) else {
            throw Fault(.storeCorrupt, "a quarantined record is in a state that is not known")
        }
        return QuarantinedRecord(
            number: row["number"], entry: row["entry"], run: row["run"],
            refusal: try row.decoded(Refusal.self, "refusal"), state: state, at: row["at"], who: row["who"],
            reason: row["reason"])
    }

    public func dismiss(
        quarantined numbers: [Int64], who: String, reason: String
    ) async throws(Fault) {
        try await write { db in
            try Self.settle(numbers, as: .dismissed, who: who, reason: reason, db)
        }
    }

    private static func settle(
        _ numbers: [Int64], as state: QuarantinedRecord.State, who: String, reason: String, _ db: Database
    ) throws {
        for number in numbers {
            try db.execute(
                sql: "UPDATE quarantine SET state = ?, who = ?, reason = ? WHERE number = ? AND state = 'open'",
                arguments: [state.rawValue, who, reason, number])
            guard db.changesCount == 1 else {
                throw Fault(
                    .notFound, "no record \(number) waits in the quarantine",
                    advice: "See `huitong quarantine list`.", context: ["quarantine": String(number)])
            }
        }
    }

    /// A release is a small run of its own, so that history and changes tell where its records came from. It is begun,
    /// staged and published in one transaction: nothing of it is ever left to be taken up.
    public func release(
        _ batch: RecordBatch, of entry: String, quarantined numbers: [Int64], who: String
    ) async throws(Fault) {
        let order = RunOrder(entry: entry, trigger: .replay, isSnapshot: false, rules: "")
        try claim(entry)
        defer { release(entry) }
        let seconds = now()
        let now = ChinaTime.text(seconds)
        let date = ChinaTime.date(seconds)
        try await publishing(isLong: batch.count > StagingSession.short) { db in
            var session = try Self.open(order, startedAt: now, db).session
            guard !session.isFirstLoad else {
                throw Fault(
                    .runState, "\(entry) has not published records of its present form yet",
                    advice: "Sync it first; its quarantine is settled by that.", context: ["entry": entry])
            }
            try session.stage(batch, then: Position(), db)
            try session.assess(db)
            var row = session.row
            try Self.settle(numbers, as: .replayed, who: who, reason: "run \(row.run.number)", db)
            var publication = try Publication(row, at: now, today: date, db)
            try publication.perform(watermark: nil, rules: publication.served.rules ?? "")
            row.run.state = .published
            row.run.endedAt = now
            try Self.countPublication(&row, served: publication.served, at: seconds, db)
            try row.update(db)
        }
    }
}
