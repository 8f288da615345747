import GRDB
import Model
import Store

extension SQLiteStore {
    public func qualities() async throws(Fault) -> [String: QualityTally] {
        try await look { db in
            var tallies: [String: QualityTally] = [:]
            let rows = try Row.fetchCursor(db, sql: "SELECT name, quality FROM collections WHERE quality IS NOT NULL")
            while let row = try rows.next() {
                tallies[row["name"]] = try row.decodedIfPresent(QualityTally.self, "quality")
            }
            return tallies
        }
    }

    /// Counts a publication of an entry: into the run's report, and into what is known of the collection.
    ///
    /// A replay is the exchange's own work, not a department's: it says nothing of the update cycle.
    static func countPublication(
        _ row: inout RunRow, served: CollectionRow, at seconds: Double, _ db: Database
    ) throws {
        let entry = try registration(of: row.run.entry, db)?.entry
        var run = row.quality ?? QualityTally()
        var known = served.quality ?? QualityTally()
        if row.run.trigger != .replay {
            run.deliveredAt = known.deliveredAt
            run.deliver(at: seconds, term: entry?.update.term)
            known.deliver(at: seconds, term: entry?.update.term)
        }
        if row.quality != nil { known.take(run, isWhole: row.run.isSnapshot || row.generation != nil) }
        row.setQuality(run)
        try db.executeAgain(
            sql: "UPDATE collections SET quality = ? WHERE name = ?", arguments: [try json(known), row.run.entry])
    }
}
