import GRDB
import Model
import Store
import Synchronization
import Testing

@testable import SQLiteStore

/// What a run, a status or a page of changes costs must not grow with what lies beside it. Times are for the benchmark;
/// here the shape is held: statements look up what they need, and no run touches the schema.
@Suite struct GrowthTests {
    private static let entry = StoreFile.entry("firm", [("code", .text), ("name", .text)], indexed: ["name"])

    /// What the writer executes from now on.
    private final class Statements: Sendable {
        private let list = Mutex<[String]>([])

        init(of store: SQLiteStore) async throws {
            try await store.pool.writeWithoutTransaction { [list = self] db in
                db.trace { event in
                    if case .statement(let statement) = event { list.add(statement.sql) }
                }
            }
        }

        private func add(_ sql: String) { list.withLock { $0.append(sql) } }

        func taken() -> [String] {
            list.withLock { list in
                defer { list = [] }
                return list
            }
        }
    }

    /// How SQLite would go about a statement.
    private static func plan(_ sql: String, _ store: SQLiteStore) throws -> String {
        try store.pool.read { db in
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
            statement.setUncheckedArguments(StatementArguments())
            return try Row.fetchAll(statement).map { $0["detail"] as String }.joined(separator: "; ")
        }
    }

    /// Tables that grow with records, changes, findings, runs or entries.
    private static let growing = [
        "g1", "h1", "findings", "quarantine", "q", "tombstones", "runs", "r", "registrations", "generations", "seen",
        "staged_findings", "staged_refusals", "staged_removals", "pauses", "p",
    ]

    /// Indexes of the few rows that somebody has to come back to: to read one from end to end is to read those.
    private static let short = ["g1_state", "runs_open", "generations_orphaned"]

    private static func expectNoScan(_ statements: [String], _ store: SQLiteStore) throws {
        let explained = ["SELECT", "UPDATE", "DELETE", "INSERT", "WITH"]
        for sql in statements where explained.contains(where: { sql.hasPrefix($0) }) {
            for step in try plan(sql, store).split(separator: "; ") where !short.contains(where: { step.hasSuffix($0) })
            {
                let words = step.split(separator: " ")
                #expect(words[0] != "SCAN" || !growing.contains(String(words[1])), "\(sql): \(step)")
            }
        }
    }

    @Test func aRunThatFindsNothingNewReadsNoTableThatGrows() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish([["a", "甲"], ["b", "乙"]], as: Self.entry, in: store)
        let statements = try await Statements(of: store)

        let same = try await store.begin(
            RunOrder(entry: "firm", trigger: .command, isSnapshot: true, rules: "1"))
        _ = try await store.publishUnchanged(same, watermark: nil)
        let notModified = statements.taken()
        #expect(notModified.count > 5)
        try Self.expectNoScan(notModified, store)
        #expect(!notModified.contains { $0.contains(" g1") }, "no record is looked at")

        let delta = try await StoreFile.stage([], as: Self.entry, in: store, isSnapshot: false)
        try await store.index(delta)
        _ = try await store.assess(delta)
        _ = try await store.publish(run: delta.run.number, watermark: nil, decision: nil)
        let noChanges = statements.taken()
        #expect(noChanges.count > 10)
        try Self.expectNoScan(noChanges, store)
        try await store.close()
    }

    @Test func aDeltaLooksAtWhatItBroughtOnly() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish([["a", "甲"], ["b", "乙"]], as: Self.entry, in: store)
        let statements = try await Statements(of: store)
        let delta = try await StoreFile.stage([["a", "丙"]], as: Self.entry, in: store, isSnapshot: false)
        try await store.index(delta)
        _ = try await store.assess(delta)
        let run = try await store.publish(run: delta.run.number, watermark: nil, decision: nil)
        #expect(run.difference.changed == 1)
        try Self.expectNoScan(statements.taken(), store)
        try await store.close()
    }

    /// Every table made or dropped has each connection read the schema of all entries again.
    @Test func noRunButAFirstLoadTouchesTheSchema() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish([["a", "甲"], ["b", "乙"]], as: Self.entry, in: store)
        func schema() throws -> Int? { try store.pool.read { try Int.fetchOne($0, sql: "PRAGMA schema_version") } }
        let before = try schema()
        try await StoreFile.publish([["a", "丙"], ["c", "丁"]], as: Self.entry, in: store)
        let held = try await StoreFile.stage([["a", "戊"]], as: Self.entry, in: store)
        _ = try await store.assess(held)
        _ = try await store.hold(run: held.run.number, reasons: ["look"], watermark: nil)
        try await StoreFile.publish([["a", "己"]], as: Self.entry, in: store)
        #expect(try schema() == before)
        #expect(try await store.record("a", in: "firm", disclosure: .everybody)?.batch.string(0, 1) == "己")
        try await store.close()
    }

    @Test func theFeedIsReadByRevision() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish([["a", "甲"], ["b", "乙"]], as: Self.entry, in: store)
        let table = GenerationTable(number: 1, collection: Collection(Self.entry))
        let records = try Self.plan(ChangeFeed.records(of: table, columns: ["_id", "_revision"]), store)
        #expect(records == "SEARCH g1 USING INTEGER PRIMARY KEY (rowid>?)")
        let tombstones = try Self.plan(ChangeFeed.tombstones, store)
        #expect(tombstones == "SEARCH tombstones USING PRIMARY KEY (collection=? AND revision>?)")
        try await store.close()
    }

    /// A feed of records and removals in turn, page by page, tells each once and in order, whatever the pages' size.
    @Test(arguments: [1, 2, 3, 7, 100])
    func pagesOfTheFeedMeetWithoutAGap(_ limit: Int) async throws {
        let file = try StoreFile()
        let store = try file.open()
        let names = (0..<20).map { "f\($0)" }
        for round in 0..<4 {
            let rows = names.indices.filter { ($0 + round) % 4 > 0 }.map { [names[$0], "名\($0 / 3 * round)"] }
            try await StoreFile.publish(rows, as: Self.entry, in: store)
        }
        var revision: Int64 = 0
        var told: [String] = []
        var revisions: [Int64] = []
        var removed = 0
        while true {
            let page = try await store.changes(
                in: "firm", after: revision, epoch: nil, limit: limit, disclosure: .everybody)
            #expect(page.page.batch.count <= limit)
            told += page.page.batch.heads.indices.map { page.page.batch.id($0) }
            revisions += page.page.envelopes.map(\.revision)
            removed += page.removed.count
            revision = page.last
            guard page.hasMore else { break }
        }
        #expect(told.sorted() == names.sorted())
        #expect(revisions == revisions.sorted() && Set(revisions).count == revisions.count)
        #expect(removed == 5)
        #expect(try await store.collection("firm")?.revision == revision)
        try await store.close()
    }

    @Test func aStatusLooksUpARunAnEntry() async throws {
        let file = try StoreFile()
        let store = try file.open()
        for name in ["a", "b", "c"] {
            let entry = StoreFile.entry(name, [("code", .text)])
            for round in 0..<3 { try await StoreFile.publish([["x\(round)"]], as: entry, in: store) }
        }
        #expect(try await store.lastRuns().mapValues(\.number) == ["a": 3, "b": 6, "c": 9])
        #expect(try await store.lastPublished().mapValues(\.number) == ["a": 3, "b": 6, "c": 9])
        let ticket = try await StoreFile.stage([["y"]], as: StoreFile.entry("b", [("code", .text)]), in: store)
        #expect(try await store.lastRuns()["b"]?.number == 10)
        #expect(try await store.lastPublished()["b"]?.number == 6)
        #expect(try await store.runsUnderWay().map(\.number) == [ticket.run.number])
        let plans = try [
            "SELECT * FROM runs WHERE entry = 'a' ORDER BY number DESC LIMIT 1",
            "SELECT * FROM runs WHERE number IN (SELECT (SELECT max(number) FROM runs r WHERE r.entry = c.name) FROM collections c)",
            "SELECT * FROM runs WHERE \(RunRow.isOpen) AND state <> 'held'",
        ].map { try Self.plan($0, store) }
        #expect(plans[0] == "SEARCH runs USING INDEX runs_by_entry (entry=?)")
        #expect(plans[1].contains("SEARCH r USING COVERING INDEX runs_by_entry (entry=?)"))
        #expect(plans[2] == "SCAN runs USING INDEX runs_open", "the index holds the few that are open")
        try await store.close()
    }

    /// So many changes are made without indexes, which are there again afterwards; what is served is the same.
    @Test func aRunThatChangesMuchIsPublishedAsOneThatChangesLittle() async throws {
        let file = try StoreFile()
        let store = try file.open()
        func row(_ number: Int, _ edition: Int) -> [String] {
            // An order that no index has.
            ["f\(number * 7919 % 100_003)", "名\(number % 97)-\(edition)"]
        }
        try await StoreFile.publish((0..<30_000).map { row($0, 1) }, as: Self.entry, in: store)
        let statements = try await Statements(of: store)
        try await StoreFile.publish((5_000..<45_000).map { row($0, $0 < 25_000 ? 2 : 1) }, as: Self.entry, in: store)
        #expect(statements.taken().contains { $0.hasPrefix("DROP INDEX") }, "it is a large one")
        let run = try #require(try await store.lastPublished()["firm"])
        #expect(
            [run.difference.added, run.difference.changed, run.difference.removed, run.difference.unchanged]
                == [15_000, 20_000, 5_000, 5_000])
        #expect(try await store.collection("firm")?.count == 40_000)
        for (number, edition) in [(5_000, 2), (24_999, 2), (25_000, 1), (44_999, 1)] {
            let wanted = row(number, edition)
            let record = try await store.record(wanted[0], in: "firm", disclosure: .everybody)
            #expect(record?.batch.string(0, 1) == wanted[1])
        }
        #expect(try await store.record(row(4_999, 1)[0], in: "firm", disclosure: .everybody) == nil)
        #expect(try Self.plan("SELECT * FROM g1 WHERE _id = 'x'", store).contains("g1_id"))
        #expect(try Self.plan("SELECT * FROM g1 ORDER BY \"name\", _id LIMIT 1", store).contains("g1_1"))
        #expect(try await store.pool.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } == ["ok"])
        try await store.close()
    }
}
