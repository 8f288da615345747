import GRDB
import Model
import Store
import Synchronization

extension SQLiteStore {
    public func begin(_ order: RunOrder) async throws(Fault) -> RunTicket {
        try claim(order.entry)
        let startedAt = timestamp()
        do {
            let (ticket, session) = try await write { db in try Self.open(order, startedAt: startedAt, db) }
            sessions.withLock { $0[order.entry] = .some(session) }
            return ticket
        } catch {
            release(order.entry)
            throw error
        }
    }

    /// One run of an entry at a time, in this process; other processes are kept out by the directory's lock.
    func claim(_ entry: String) throws(Fault) {
        let isFree = sessions.withLock { sessions in
            guard sessions[entry] == nil else { return false }
            sessions[entry] = .some(nil)
            return true
        }
        guard isFree else {
            throw Fault(
                .runOverlaps, "a run of \(entry) is under way", advice: "Wait for it, or cancel it.",
                context: ["entry": entry])
        }
    }

    func release(_ entry: String) {
        sessions.withLock { _ = $0.removeValue(forKey: entry) }
    }

    /// Lets another run of the entry begin, unless it was another that ended.
    func release(_ run: Run) {
        sessions.withLock { sessions in
            if let session = sessions[run.entry] ?? nil, session.row.run.number == run.number {
                sessions.removeValue(forKey: run.entry)
            }
        }
    }

    static func open(
        _ order: RunOrder, startedAt: String, _ db: Database
    ) throws -> (ticket: RunTicket, session: StagingSession) {
        guard let registration = try registration(of: order.entry, db),
            let served = try CollectionRow.fetch(order.entry, db)
        else { throw unknown(order.entry) }
        let row =
            try interrupted(order, registration.version, served, startedAt, db)
            ?? fresh(order, registration, served, startedAt, db)
        let session = try StagingSession(row, served: served, entry: registration.entry, db)
        let ticket = RunTicket(
            run: row.run, entry: registration.entry, position: row.position,
            watermark: row.generation == nil ? served.watermark : nil, isFirstLoad: row.generation != nil,
            isEmpty: served.count == 0, hasNewRules: served.rules != nil && served.rules != order.rules)
        return (ticket, session)
    }

    /// The entry's run that a crash left behind, where it still fits; one that does not is ended.
    private static func interrupted(
        _ order: RunOrder, _ version: Int, _ served: CollectionRow, _ now: String, _ db: Database
    ) throws -> RunRow? {
        let left = try RunRow.fetchOpen(of: order.entry, where: "state <> 'held'", db)
        var resumable: RunRow?
        for row in left {
            // A replay brings all its records at once: what one staged before would come twice.
            let fits =
                row.run.state != .queued && row.run.version == version && row.rules == order.rules
                && row.run.isSnapshot == order.isSnapshot && row.baseRevision == served.revision
                && order.trigger != .replay && row.run.trigger != .replay
            if fits {
                resumable = try reopened(row, db)
            } else {
                let fault = Fault(.runStalled, "the run was interrupted and could not be taken up again")
                try end(row, as: .failed, fault: fault, decision: nil, at: now, db)
            }
        }
        return resumable
    }

    /// A run that was being judged is judged again: its last page, asked for once more, brings nothing new.
    private static func reopened(_ row: RunRow, _ db: Database) throws -> RunRow {
        var row = row
        row.run.state = .fetching
        try row.update(db)
        try db.execute(sql: "DELETE FROM staged_removals WHERE run = ?", arguments: [row.run.number])
        return row
    }

    private static func fresh(
        _ order: RunOrder, _ registration: Registration, _ served: CollectionRow, _ now: String, _ db: Database
    ) throws -> RunRow {
        let collection = Collection(registration.entry)
        var generation: GenerationTable?
        if served.generation.map({ !$0.fits(collection) }) ?? true {
            generation = try CollectionRow.newGeneration(of: collection, state: "building", db)
        }
        let run = Run(
            number: 0, entry: order.entry, version: registration.version, state: .fetching, trigger: order.trigger,
            isSnapshot: order.isSnapshot, startedAt: now)
        return try RunRow.insert(
            run, rules: order.rules, base: served.revision, generation: generation?.number, db)
    }

    public func hold(
        run number: Int64, reasons: [String], watermark: Watermark?
    ) async throws(Fault) -> Run {
        let now = timestamp()
        let run = try await write { db in
            var row = try RunRow.fetch(number, db)
            try Self.expect(row.run, in: [.judging])
            row.run.state = .held
            row.run.endedAt = now
            row.run.reasons = reasons
            row.watermark = watermark
            try row.update(db)
            try Self.supersedeHeld(by: row.run, at: now, db)
            return row.run
        }
        release(run)
        return run
    }

    public func end(
        run number: Int64, as state: Run.State, fault: Fault?, decision: Run.Decision?
    ) async throws(Fault) -> Run {
        let now = timestamp()
        let row = try await write { db in
            let row = try RunRow.fetch(number, db)
            try Self.expect(row.run, in: [.queued, .fetching, .judging, .held])
            return try Self.end(row, as: state, fault: fault, decision: decision, at: now, db)
        }
        release(row.run)
        if row.generation != nil { try await dropOrphans() }
        return row.run
    }

    @discardableResult
    static func end(
        _ row: RunRow, as state: Run.State, fault: Fault?, decision: Run.Decision?, at now: String, _ db: Database
    ) throws -> RunRow {
        var row = row
        row.run.state = state
        row.run.endedAt = now
        row.run.fault = fault
        row.run.decision = decision
        try row.update(db)
        try row.dropStaged(db)
        if let generation = row.generation {
            try db.execute(
                sql: "UPDATE generations SET state = 'orphaned' WHERE number = ? AND state = 'building'",
                arguments: [generation])
        }
        return row
    }

    /// Ends older held runs of the entry: the collection or the question has moved on.
    static func supersedeHeld(by run: Run, at now: String, _ db: Database) throws {
        let older = try RunRow.fetchOpen(of: run.entry, where: "state = 'held' AND number < ?", with: [run.number], db)
        for row in older {
            let decision = Run.Decision(
                verb: "discard", who: "huitong", reason: "superseded by run \(run.number)", at: now)
            try end(row, as: .cancelled, fault: nil, decision: decision, at: now, db)
        }
    }

    static func expect(_ run: Run, in states: Set<Run.State>) throws {
        guard states.contains(run.state) else {
            throw Fault(
                .runState, "run \(run.number) is \(run.state.rawValue)",
                advice: "Only a run that is \(states.map(\.rawValue).sorted().joined(separator: " or ")) allows this.",
                context: ["run": String(run.number), "state": run.state.rawValue])
        }
    }

    static func hasOrphans(_ db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM generations WHERE state = 'orphaned')")
        return try Bool.fetchOne(statement) ?? false
    }

    /// Drops generations that no run fills and nobody serves, a piece at a time so that no write waits long.
    func dropOrphans() async throws(Fault) {
        while true {
            let isDone = try await write(isLong: true) { db in
                guard
                    let row = try Row.fetchOne(
                        db, sql: "SELECT number, definition FROM generations WHERE state = 'orphaned' LIMIT 1")
                else { return true }
                let table = GenerationTable(
                    number: row["number"], collection: try row.decoded(Collection.self, "definition"))
                try db.execute(
                    sql: """
                        DELETE FROM \(table.current) WHERE _revision IN (
                            SELECT _revision FROM \(table.current) LIMIT 20000)
                        """)
                guard db.changesCount == 0 else { return false }
                try table.drop(db)
                try db.execute(sql: "DELETE FROM generations WHERE number = ?", arguments: [table.number])
                return false
            }
            if isDone { return }
        }
    }

    public func note(stages: [String: Double], run number: Int64) async throws(Fault) -> [String: Double] {
        try await write { db in
            let known = try db.cachedStatement(sql: "SELECT stages FROM runs WHERE number = ?")
            guard let row = try Row.fetchOne(known, arguments: [number]) else { return stages }
            let all = try row.decoded([String: Double].self, "stages").merging(stages) { $0 + $1 }
            try db.cachedStatement(sql: "UPDATE runs SET stages = ? WHERE number = ?")
                .execute(arguments: [try json(all), number])
            return all
        }
    }

    public func run(_ number: Int64) async throws(Fault) -> Run? {
        try await look { db in try RunRow.fetchAll(where: "number = ?", [number], db).first?.run }
    }

    public func runs(of entry: String?, limit: Int) async throws(Fault) -> [Run] {
        try await look { db in
            let rows =
                if let entry {
                    try RunRow.fetchAll(where: "entry = ? ORDER BY number DESC LIMIT ?", [entry, limit], db)
                } else {
                    try RunRow.fetchAll(where: "TRUE ORDER BY number DESC LIMIT ?", [limit], db)
                }
            return rows.map(\.run)
        }
    }

    public func lastRuns() async throws(Fault) -> [String: Run] {
        // One look at an index an entry: the number of runs grows with the years.
        try await runs(
            """
            number IN (SELECT (SELECT max(number) FROM runs r WHERE r.entry = c.name) FROM collections c)
            """)
    }

    public func lastPublished() async throws(Fault) -> [String: Run] {
        try await runs(
            """
            number IN (SELECT published_run FROM collections c WHERE EXISTS (
                SELECT 1 FROM registrations r WHERE r.entry = c.name))
            """)
    }

    public func runsUnderWay() async throws(Fault) -> [Run] {
        try await look { db in
            try RunRow.fetchAll(where: "\(RunRow.isOpen) AND state <> 'held' ORDER BY number DESC", [], db).map(\.run)
        }
    }

    private func runs(_ condition: String) async throws(Fault) -> [String: Run] {
        try await look { db in
            let rows = try RunRow.fetchAll(where: condition, [], db)
            return Dictionary(rows.map { ($0.run.entry, $0.run) }, uniquingKeysWith: { first, _ in first })
        }
    }

    public func watermark(of entry: String) async throws(Fault) -> Watermark? {
        try read { db in try CollectionRow.fetch(entry, db)?.watermark }
    }
}
