import GRDB
import Model
import Store

/// A run as its row keeps it.
struct RunRow {
    var run: Run
    var rules: String
    /// The revision of the collection that the run compares with.
    var baseRevision: Int64
    /// The generation that a first load fills; nil for a run that compares.
    var generation: Int64?
    var position: Position
    /// How many records had a value, field by field.
    var filled: [Int]
    /// What staging counted for the run's quality.
    var counts: StagedCounts
    /// What the run's quality is computed from; nil until all is read.
    private(set) var quality: QualityTally?
    var batches: Int
    var watermark: Watermark?

    static func fetch(_ number: Int64, _ db: Database) throws -> RunRow {
        guard let found = try fetchAll(where: "number = ?", [number], db).first else {
            throw Fault(
                .notFound, "there is no run \(number)", advice: "See `huitong status`.",
                context: ["run": String(number)])
        }
        return found
    }

    static func fetchAll(
        where condition: String, _ arguments: StatementArguments, _ db: Database
    ) throws -> [RunRow] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM runs WHERE \(condition)")
        return try Row.fetchAll(statement, arguments: arguments).map(RunRow.init)
    }

    private init(_ row: Row) throws {
        guard let state = Run.State(rawValue: row["state"]), let trigger = Run.Trigger(rawValue: row["trigger"]) else {
            throw Fault(.storeCorrupt, "a run is in a state that is not known")
        }
        run = Run(
            number: row["number"], entry: row["entry"], version: row["version"], state: state, trigger: trigger,
            isSnapshot: row["snapshot"], startedAt: row["started_at"], endedAt: row["ended_at"],
            difference: try row.decoded(Difference.self, "difference"),
            fault: try row.decodedIfPresent(Fault.self, "fault"), reasons: try row.decoded([String].self, "reasons"),
            stages: try row.decoded([String: Double].self, "stages"),
            decision: try row.decodedIfPresent(Run.Decision.self, "decision"))
        rules = row["rules"]
        baseRevision = row["base_revision"]
        generation = row["generation"]
        position = try row.decoded(Position.self, "position")
        run.delivery = position.delivery
        filled = try row.decodedIfPresent([Int].self, "filled") ?? []
        counts = try row.decodedIfPresent(StagedCounts.self, "counts") ?? StagedCounts()
        quality = try row.decodedIfPresent(QualityTally.self, "quality")
        run.quality = quality?.quality
        batches = row["batches"]
        watermark = try row.decodedIfPresent(Watermark.self, "watermark")
    }

    /// Opens a run's row and gives it its number.
    static func insert(
        _ run: Run, rules: String, base: Int64, generation: Int64?, _ db: Database
    ) throws -> RunRow {
        try db.executeAgain(
            sql: """
                INSERT INTO runs (entry, version, state, trigger, snapshot, rules, started_at, ended_at, base_revision,
                    generation, position, difference, decision)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                run.entry, run.version, run.state.rawValue, run.trigger.rawValue, run.isSnapshot, rules,
                run.startedAt, run.endedAt, base, generation, try json(Position()), try json(run.difference),
                try run.decision.map(json),
            ])
        return try fetch(db.lastInsertedRowID, db)
    }

    /// Says how good what the run read is.
    mutating func setQuality(_ tally: QualityTally) {
        quality = tally
        run.quality = tally.quality
    }

    /// Writes what changes while a run goes on and when it ends.
    func update(_ db: Database) throws {
        try db.executeAgain(
            sql: """
                UPDATE runs SET state = ?, ended_at = ?, position = ?, difference = ?, filled = ?, counts = ?, quality = ?,
                    batches = ?, watermark = ?, fault = ?, reasons = ?, stages = ?, decision = ? WHERE number = ?
                """,
            arguments: [
                run.state.rawValue, run.endedAt, try json(position), try json(run.difference), try json(filled),
                try json(counts), try quality.map(json), batches, try watermark.map(json), try run.fault.map(json),
                try json(run.reasons),
                try json(run.stages), try run.decision.map(json), run.number,
            ])
    }

    /// Writes how far fetching has come, and nothing else of the run.
    func updateProgress(_ db: Database) throws {
        try db.executeAgain(
            sql: "UPDATE runs SET position = ?, difference = ?, filled = ?, counts = ?, batches = ? WHERE number = ?",
            arguments: [
                try json(position), try json(run.difference), try json(filled), try json(counts), batches, run.number,
            ])
    }

    /// The entry's runs that are not over, held ones included: by an index of the few that there are.
    static func fetchOpen(
        of entry: String, where condition: String, with arguments: StatementArguments = [], _ db: Database
    ) throws -> [RunRow] {
        try fetchAll(where: "entry = ? AND \(isOpen) AND \(condition) ORDER BY number", [entry] + arguments, db)
    }

    /// To be written as the index `runs_open` has it, or it is not used.
    static let isOpen = "state IN ('queued', 'fetching', 'judging', 'held')"

    /// Takes away everything a run staged, but what a first load filled.
    func dropStaged(_ db: Database) throws {
        if generation == nil { try dropChanges(db) }
        for table in ["seen", "staged_removals", "staged_findings", "staged_refusals"] {
            try db.cachedStatement(sql: "DELETE FROM \(table) WHERE run = ?").execute(arguments: [run.number])
        }
    }

    /// A table that holds the rows of this run only is emptied as a whole, whatever their number.
    private func dropChanges(_ db: Database) throws {
        let isAlone = try RunRow.fetchOpen(of: run.entry, where: "number <> ?", with: [run.number], db).isEmpty
        let generations = try Int64.fetchAll(
            db.cachedStatement(
                sql: "SELECT number FROM generations WHERE collection = ? AND state IN ('serving', 'retired')"),
            arguments: [run.entry])
        for number in generations {
            let table = GenerationTable.staged(in: number)
            try db.execute(sql: "DELETE FROM \(table)" + (isAlone ? "" : " WHERE _run = \(run.number)"))
        }
    }
}
