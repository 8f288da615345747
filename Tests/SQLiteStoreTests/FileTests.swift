import Foundation
import GRDB
import Model
import SQLiteStore
import Store
import Testing

/// What is true of the file, beyond what every store promises.
@Suite struct FileTests {
    @Test func aNewerFileIsRefusedWithWords() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await store.close()
        let queue = try DatabaseQueue(path: file.path)
        try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
        try queue.close()
        do {
            _ = try file.open()
            Issue.record("it was opened")
        } catch {
            #expect((error as? Fault)?.code == .storeNewer)
        }
    }

    @Test func aFileThatIsNoDatabaseIsRefusedWithWords() throws {
        let file = try StoreFile()
        try Data(repeating: 7, count: 100_000).write(to: URL(filePath: file.path))
        do {
            _ = try file.open()
            Issue.record("it was opened")
        } catch {
            #expect((error as? Fault)?.code == .storeCorrupt)
        }
    }

    /// Somebody else's hands in the file: what the engine says is told by its name, never with the statement.
    @Test func whatTheEngineFailsWithIsNamedWithoutItsStatement() async throws {
        let file = try StoreFile()
        let store = try file.open()
        let queue = try DatabaseQueue(path: file.path)
        try await queue.write { try $0.execute(sql: "DROP TABLE quarantine") }
        try queue.close()
        do {
            _ = try await store.quarantineCounts()
            Issue.record("it was read")
        } catch {
            #expect(error.code == .storeFailed)
            #expect(!error.description.contains("SELECT") && !error.description.contains("quarantine"))
        }
        try await store.close()
    }

    @Test func theFileStaysSound() async throws {
        let file = try StoreFile()
        let store = try file.open()
        let entry = StoreFile.entry("firm", [("code", .text), ("name", .text)], indexed: ["name"])
        for round in 0..<6 {
            let rows = (0..<50).filter { ($0 + round) % 3 > 0 }.map { ["f\($0)", "名\($0 % (round + 2))"] }
            try await StoreFile.publish(rows, as: entry, in: store)
        }
        try await store.close()
        let queue = try DatabaseQueue(path: file.path)
        let (check, leftovers) = try await queue.read { db in
            (
                try String.fetchAll(db, sql: "PRAGMA integrity_check"),
                try Int.fetchOne(
                    db,
                    sql: """
                        SELECT (SELECT count(*) FROM seen) + (SELECT count(*) FROM staged_removals)
                            + (SELECT count(*) FROM staged_findings) + (SELECT count(*) FROM staged_refusals)
                            + (SELECT count(*) FROM c1)
                        """)
            )
        }
        #expect(check == ["ok"])
        #expect(leftovers == 0, "a published run leaves nothing staged")
    }

    /// A lost index would be a red test, not a slow afternoon.
    @Test(arguments: [
        ("SELECT _revision, _hash FROM g1 WHERE _id = 'x'", "g1_id"),
        ("SELECT * FROM g1 t ORDER BY t.\"name\", t._id LIMIT 3", "g1_1"),
        ("SELECT * FROM g1 WHERE _revision > 5 ORDER BY _revision LIMIT 3", "PRIMARY KEY"),
        ("SELECT _revision FROM g1 WHERE _state <> 0", "g1_state"),
        ("SELECT * FROM tombstones WHERE collection = 'firm' AND revision > 5 ORDER BY revision", "PRIMARY KEY"),
    ])
    func queriesUseTheirIndex(_ sql: String, _ index: String) async throws {
        let file = try StoreFile()
        let store = try file.open()
        let entry = StoreFile.entry("firm", [("code", .text), ("name", .text)], indexed: ["name"])
        try await StoreFile.publish([["a", "甲"], ["b", "乙"]], as: entry, in: store)
        try await store.close()
        let queue = try DatabaseQueue(path: file.path)
        let plan = try await queue.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }.joined(
                separator: "; ")
        }
        #expect(plan.contains(index), "\(plan)")
        #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
    }

    /// What counts today may not count tomorrow, though no department said anything.
    @Test func countsFollowTheCalendar() async throws {
        let file = try StoreFile()
        let store = try file.open()
        let firm = StoreFile.entry("firm", [("uscc", .text), ("name", .text)])
        let penalty = StoreFile.entry(
            "penalty", [("number", .text), ("subject", .text), ("until", .date)], indexed: ["subject"])
        try await StoreFile.publish([["F1", "甲"]], as: firm, in: store)
        try await StoreFile.publish([["1", "F1", "2026-11-23"], ["2", "F1", "2026-11-30"]], as: penalty, in: store)
        try await store.define([
            Subject(
                name: "body", title: "法人", key: "uscc",
                fields: [
                    SubjectField(
                        name: "uscc", title: "代码", rule: .value([SubjectSource(entry: "firm", field: "uscc")])),
                    SubjectField(
                        name: "penalties", title: "处罚",
                        rule: .count(entry: "penalty", by: "subject", condition: "until >= today")),
                ])
        ])
        func count() async throws -> String? {
            try await store.record("F1", in: "body", disclosure: .everybody)?.batch.string(0, 1)
        }
        #expect(try await count() == "2")
        try await store.refreshSubjects()
        #expect(try await count() == "2")
        file.clock.set(1_795_399_200 + 86_400)
        try await store.refreshSubjects()
        #expect(try await count() == "1")
        file.clock.set(1_795_399_200)
        try await store.refreshSubjects()
        #expect(try await count() == "2", "the clock was ahead, and is right again")
    }
}
