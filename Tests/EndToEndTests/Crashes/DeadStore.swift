import Foundation
import GRDB
import Model
import SQLiteStore

/// The files of a store as a killed process left them, copied, so that looking at them does not mend them for the next.
struct DeadStore: ~Copyable {
    let folder: URL
    var path: String { folder.appending(path: "huitong.sqlite").path }

    init(of exchange: borrowing ExchangeFolder) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "huitong-dead-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["huitong.sqlite", "huitong.sqlite-wal"] {
            let file = exchange.folder.appending(path: "huitong-data/\(name)")
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            try FileManager.default.copyItem(at: file, to: folder.appending(path: name))
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Whether there is a store at all: a process may die before it made one.
    var isMade: Bool {
        get throws {
            let queue = try StoreRows.open(path)
            defer { try? queue.close() }
            return try queue.read { db in try db.tableExists("grdb_migrations") && db.tableExists("runs") }
        }
    }

    /// What is wrong with it: an unsound file, rows whose position is not there, rows of nobody.
    func complaints(whenDone: Bool) throws -> [String] {
        let queue = try StoreRows.open(path)
        defer { try? queue.close() }
        return try queue.read { db in
            var found = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            let open = try Row.fetchAll(
                db, sql: "SELECT * FROM runs WHERE state IN ('queued', 'fetching', 'judging', 'held')")
            for run in open {
                found += try Self.complaints(of: run, db)
                if whenDone, run["state"] != "held" { found.append("run \(run["number"] as Int64) is left running") }
            }
            found += try Self.strays(among: open.map { $0["number"] }, db)
            return found
        }
    }

    /// Rows and position are one transaction: a run's report, its position and its rows tell the same.
    private static func complaints(of run: Row, _ db: Database) throws -> [String] {
        let number: Int64 = run["number"]
        func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM \(sql)") ?? 0 }
        let difference = try JSONDecoder().decode(Difference.self, from: Data((run["difference"] as String).utf8))
        let position = try JSONDecoder().decode(Position.self, from: Data((run["position"] as String).utf8))
        var found: [String] = []
        let refused = try count("staged_refusals WHERE run = \(number)")
        if refused != difference.refused { found.append("run \(number) counts other refusals than it staged") }
        let table: String
        let rows: Int
        if let generation: Int64 = run["generation"] {
            table = "g\(generation)"
            rows = try count("\(table) WHERE _run = \(number)") + difference.duplicates
        } else {
            let generation = try Int64.fetchOne(
                db, sql: "SELECT generation FROM collections WHERE name = ?", arguments: [run["entry"] as String])
            table = "c\(generation ?? 0)"
            rows = try count("\(table) WHERE _run = \(number)") + difference.unchanged + difference.duplicates
        }
        // A delta may remove what is not there: that is read, and nothing is staged.
        let isShort = run["snapshot"] == 0 && rows + refused < difference.read
        if rows + refused != difference.read, !isShort {
            found.append("run \(number) staged \(rows + refused) records and counts \(difference.read)")
        }
        // What is replayed is staged at once, and has no position.
        guard run["trigger"] != "replay" else { return found }
        let last = try Row.fetchOne(
            db, sql: "SELECT _page, _record FROM \(table) WHERE _run = \(number) ORDER BY _page DESC, _record DESC")
        if let last, (last["_page"] as Int, last["_record"] as Int) > (position.page, position.record) {
            found.append("run \(number) staged rows after its position")
        }
        return found
    }

    /// What is staged for runs that are over, and tables of generations that are not known.
    private static func strays(among open: [Int64], _ db: Database) throws -> [String] {
        let runs = open.map(String.init).joined(separator: ", ")
        var found: [String] = []
        for table in ["seen", "staged_removals", "staged_findings", "staged_refusals"] {
            let left = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table) WHERE run NOT IN (\(runs))") ?? 0
            if left > 0 { found.append("\(left) rows of \(table) belong to no run under way") }
        }
        let known = Set(try String.fetchAll(db, sql: "SELECT number FROM generations"))
        for table in try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB '[cgh][0-9]*'")
        {
            if !known.contains(String(table.dropFirst())) { found.append("\(table) belongs to no generation") }
            guard table.hasPrefix("c") else { continue }
            let left = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table) WHERE _run NOT IN (\(runs))") ?? 0
            if left > 0 { found.append("\(left) rows of \(table) belong to no run under way") }
        }
        let building = try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM generations g WHERE state = 'building' AND NOT EXISTS (
                    SELECT 1 FROM runs r WHERE r.generation = g.number AND r.number IN (\(runs)))
                """)
        if building != 0 { found.append("a generation is being built by no run") }
        return found
    }

    /// The number of the run that waits for a decision.
    func heldRun() throws -> Int64? { try ask("SELECT max(number) FROM runs WHERE state = 'held'") }

    /// The number of the newest run of an entry that was published.
    func publishedRun(of entry: String) throws -> Int64? {
        try ask("SELECT max(number) FROM runs WHERE state = 'published' AND entry = '\(entry)'")
    }

    func version(of entry: String) throws -> Int? {
        try ask("SELECT max(version) FROM registrations WHERE entry = '\(entry)'")
    }

    func state(of run: Int64) throws -> String { try ask("SELECT state FROM runs WHERE number = \(run)") ?? "gone" }

    /// Runs of syncs that are under way, of the version of their entry that counts.
    func runsUnderWay() throws -> [Int64] {
        let text: String? = try ask(
            """
            SELECT group_concat(number) FROM runs r WHERE state IN ('queued', 'fetching', 'judging') AND trigger <> 'replay'
                AND version = (SELECT max(version) FROM registrations o WHERE o.entry = r.entry)
            """)
        return (text ?? "").split(separator: ",").compactMap { Int64($0) }
    }

    /// Whether every entry was run once and none is being run.
    func isQuiet(_ entries: [String]) throws -> Bool {
        let started: Int? = try ask("SELECT count(DISTINCT entry) FROM runs WHERE entry <> 'thing'")
        let open: Int? = try ask("SELECT count(*) FROM runs WHERE state IN ('queued', 'fetching', 'judging')")
        return started == entries.count && open == 0
    }

    private func ask<Answer: DatabaseValueConvertible>(_ sql: String) throws -> Answer? {
        let queue = try StoreRows.open(path)
        defer { try? queue.close() }
        return try queue.read { db in
            guard try db.tableExists("runs") else { return nil }
            return try Answer.fetchOne(db, sql: sql)
        }
    }
}
