import GRDB
import Model
import Store

extension SQLiteStore {
    public func publish(
        run number: Int64, watermark: Watermark?, decision: Run.Decision?
    ) async throws(Fault) -> Run {
        let seconds = now()
        let now = ChinaTime.text(seconds)
        let date = ChinaTime.date(seconds)
        let (run, hasOrphans) = try await publishing(isLong: isLong(run: number)) { db in
            var row = try RunRow.fetch(number, db)
            try Self.expect(row.run, in: [.judging, .held])
            var publication = try Publication(row, at: now, today: date, db)
            try publication.perform(watermark: watermark ?? row.watermark, rules: row.rules)
            row.run.state = .published
            row.run.endedAt = now
            row.run.decision = decision
            try Self.countPublication(&row, served: publication.served, at: seconds, db)
            try row.update(db)
            try Self.supersedeHeld(by: row.run, at: now, db)
            return (row.run, try Self.hasOrphans(db))
        }
        release(run)
        if hasOrphans { try await dropOrphans() }
        return run
    }

    public func publishUnchanged(_ ticket: RunTicket, watermark: Watermark?) async throws(Fault) -> Run {
        let seconds = now()
        let now = ChinaTime.text(seconds)
        let run = try await publishing { db in
            var row = try RunRow.fetch(ticket.run.number, db)
            try Self.expect(row.run, in: [.fetching])
            guard row.generation == nil, let served = try CollectionRow.fetch(row.run.entry, db) else {
                throw Fault(
                    .sourceUnexpected, "the source says \"not modified\", but nothing of it is served yet",
                    context: ["entry": row.run.entry])
            }
            row.run.difference.served = Int(served.count)
            row.run.difference.unchanged = Int(served.count)
            row.run.state = .published
            row.run.endedAt = now
            try Self.countPublication(&row, served: served, at: seconds, db)
            try row.update(db)
            try row.dropStaged(db)
            try db.executeAgain(
                sql: """
                    UPDATE collections SET watermark = coalesce(?, watermark), published_run = ?, published_at = ?
                    WHERE name = ?
                    """, arguments: [try watermark.map(json), row.run.number, now, row.run.entry])
            return row.run
        }
        release(run)
        return run
    }
}
