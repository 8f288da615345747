import Foundation
import GRDB
import Model
import SQLiteStore
import Store
import Testing

/// Files of older versions open, and go on.
@Suite struct MigrationTests {
    /// Takes away what the later migrations brought, as the first version would have left the file.
    private static func makeFirst(_ path: String) async throws {
        let queue = try DatabaseQueue(path: path)
        try await queue.write { db in
            try unmakeThird(db)
            let tables = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB '[ghs][0-9]*'")
            for table in tables { try db.execute(sql: "ALTER TABLE \(table) DROP COLUMN _originals") }
            for (table, column) in [("collections", "quality"), ("runs", "counts"), ("runs", "quality")] {
                try db.execute(sql: "ALTER TABLE \(table) DROP COLUMN \(column)")
            }
            try db.execute(sql: "DROP TABLE agreements")
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '2'")
        }
        try queue.close()
    }

    /// Each run had a table of its own.
    private static func unmakeThird(_ db: Database) throws {
        let runs = try Row.fetchAll(
            db,
            sql: """
                SELECT r.number, c.generation FROM runs r JOIN collections c ON c.name = r.entry
                WHERE r.state IN ('fetching', 'held') AND r.generation IS NULL
                """)
        for run in runs {
            let (number, generation): (Int64, Int64) = (run["number"], run["generation"])
            try db.execute(sql: "CREATE TABLE s\(number) AS SELECT * FROM c\(generation) WHERE _run = \(number)")
        }
        let staged = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'c[0-9]*'")
        for table in staged { try db.execute(sql: "DROP TABLE \(table)") }
        let indexes = [
            "pauses_by_entry", "generations_by_collection", "generations_orphaned", "findings_of_duplicates",
            "quarantine_open_by_id", "runs_open",
        ]
        for index in indexes { try db.execute(sql: "DROP INDEX \(index)") }
        try db.execute(
            sql: """
                CREATE INDEX runs_open ON runs (state) WHERE state IN ('queued', 'fetching', 'judging', 'held')
                """)
        try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier IN ('3', '4')")
    }

    @Test func whatAHeldRunOfTheFirstVersionStagedIsPublished() async throws {
        let file = try StoreFile()
        var store = try file.open()
        let entry = StoreFile.entry("firm", [("code", .text), ("name", .text)], indexed: ["name"])
        try await StoreFile.publish([["a", "甲"], ["b", "乙"]], as: entry, in: store)
        let held = try await StoreFile.stage([["a", "丙"], ["c", "丁"]], as: entry, in: store)
        _ = try await store.assess(held)
        _ = try await store.hold(run: held.run.number, reasons: ["look"], watermark: nil)
        try await store.close()
        try await Self.makeFirst(file.path)

        store = try file.open()
        _ = try await store.publish(run: held.run.number, watermark: nil, decision: nil)
        #expect(try await store.record("a", in: "firm", disclosure: .everybody)?.batch.string(0, 1) == "丙")
        #expect(try await store.record("b", in: "firm", disclosure: .everybody) == nil)
        #expect(try await store.record("c", in: "firm", disclosure: .everybody)?.batch.string(0, 1) == "丁")
        try await store.close()
    }

    @Test func aFileOfTheFirstVersionOpensAndGoesOn() async throws {
        let file = try StoreFile()
        var store = try file.open()
        let entry = StoreFile.entry("firm", [("code", .text), ("name", .text)], indexed: ["name"])
        try await StoreFile.publish([["a", "甲"], ["b", "乙"]], as: entry, in: store)
        try await StoreFile.publish([["a", "甲"], ["b", "丙"]], as: entry, in: store)
        // A run under way is ended or taken up.
        _ = try await store.begin(RunOrder(entry: "firm", trigger: .command, isSnapshot: true, rules: "1"))
        try await store.close()
        try await Self.makeFirst(file.path)

        store = try file.open()
        #expect(try await store.qualities().isEmpty)
        #expect(try await store.provenance(of: "a", in: "firm")?.map(\.original) == [nil, nil])
        try await StoreFile.publish([["a", "丁"], ["c", "戊"]], as: entry, in: store)
        #expect(try await store.record("a", in: "firm", disclosure: .everybody)?.batch.string(0, 1) == "丁")
        #expect(try await store.history(of: "b", in: "firm", disclosure: .everybody).count == 3)
        #expect(try await store.qualities()["firm"]?.quality.completeness == Quality.Share(4, of: 4))
        try await store.close()
    }

    @Test func aSubjectOfTheFirstVersionIsComparedAsAWhole() async throws {
        let file = try StoreFile()
        var store = try file.open()
        let firm = StoreFile.entry("firm", [("uscc", .text), ("name", .text)])
        let village = StoreFile.entry("village", [("uscc", .text), ("name", .text)])
        try await StoreFile.publish([["F1", "甲"], ["F2", "乙"]], as: firm, in: store)
        try await StoreFile.publish([["F1", "甲"], ["F2", "丙"]], as: village, in: store)
        func sources(_ field: String) -> SubjectField.Rule {
            .value([SubjectSource(entry: "firm", field: field), SubjectSource(entry: "village", field: field)])
        }
        try await store.define([
            Subject(
                name: "body", title: "法人", key: "uscc",
                fields: [
                    SubjectField(name: "uscc", title: "代码", rule: sources("uscc")),
                    SubjectField(name: "name", title: "名称", rule: sources("name")),
                ])
        ])
        #expect(try await store.qualities()["body"]?.quality.consistency == Quality.Share(1, of: 2))
        try await store.close()
        try await Self.makeFirst(file.path)
        store = try file.open()
        try await StoreFile.publish([["F1", "甲"], ["F2", "丙"], ["F3", "丁"]], as: firm, in: store)
        #expect(try await store.qualities()["body"]?.quality.consistency == Quality.Share(2, of: 2))
        try await store.close()
    }
}
