import Foundation
import GRDB
import Testing

@testable import SQLiteStore

/// Every row of a store as text, by table, without what may differ between two exchanges that went through the same:
/// clocks, numbers of runs, and of subjects the revisions, which count how often their entries were published.
struct StoreRows: Equatable {
    private(set) var tables: [String: [String]] = [:]
    /// Revision by id, of each collection that is served.
    private(set) var served: [String: [String: Int64]] = [:]

    /// The file's own words where it is not sound.
    private(set) var complaints: [String] = []

    private static let clocks: Set<String> = [
        "at", "published_at", "published_run", "started_at", "ended_at", "joined_on", "run", "_run", "_until", "number",
        "generation", "retired_by", "_sequence",
    ]

    init(path: String) throws {
        let queue = try StoreRows.open(path)
        var rows = self
        try queue.read { db in
            rows.complaints = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            try rows.readGenerations(db)
            try rows.readTables(db)
            try rows.readRuns(db)
        }
        self = rows
        try queue.close()
    }

    static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            db.add(collation: DecimalCollation.collation)
            db.add(function: RecordIDFunction.function)
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// The tables that are the same in every exchange.
    private mutating func readTables(_ db: Database) throws {
        let names = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '[cghr][0-9]*'")
        let subjects = Set(try String.fetchAll(db, sql: "SELECT name FROM subjects"))
        for name in names where !["settings", "runs", "generations", "sqlite_sequence"].contains(name) {
            tables[name] = try Row.fetchAll(db, sql: "SELECT * FROM \(name)").map { row in
                let owner: String? = row["collection"] ?? row["name"]
                let isSubject = owner.map(subjects.contains) ?? false
                return Self.text(row, without: isSubject ? Self.clocks.union(["revision"]) : Self.clocks)
            }.sorted()
        }
    }

    /// The tables of collections, under the collections' names, with the indexes that are on them.
    private mutating func readGenerations(_ db: Database) throws {
        var ages: [String: Int] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT * FROM generations ORDER BY number") {
            let (number, collection, state): (Int64, String, String) = (row["number"], row["collection"], row["state"])
            let isSubject = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM subjects WHERE name = ?)", arguments: [collection])
            let hidden = isSubject == true ? Self.clocks.union(["_revision"]) : Self.clocks
            ages[collection, default: 0] += 1
            let place = "\(collection) \(state)" + (state == "serving" ? "" : " \(ages[collection, default: 0])")
            for table in ["g", "h", "c", "r"].map({ "\($0)\(number)" }) where try db.tableExists(table) {
                tables["\(place) \(table.prefix(1))"] = try Row.fetchAll(db, sql: "SELECT * FROM \(table)")
                    .map { Self.text($0, without: hidden) }.sorted()
            }
            tables["\(place) definition"] = [row["definition"]]
            let indexes = try String.fetchAll(
                db, sql: "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name GLOB '[cgh]\(number)'")
            tables["\(place) indexes"] = indexes.map { $0.replacing("\(number)", with: "N") }.sorted()
            guard state == "serving" else { continue }
            let revisions = try Row.fetchAll(db, sql: "SELECT _id, _revision FROM g\(number)")
            served[collection] = Dictionary(
                revisions.map { ($0["_id"], $0["_revision"]) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// What runs changed: how often a source was asked for it in vain may differ.
    private mutating func readRuns(_ db: Database) throws {
        let decided = Set(["published", "held"])
        tables["runs"] = try Row.fetchAll(db, sql: "SELECT * FROM runs ORDER BY number").compactMap { row in
            let state: String = row["state"]
            let difference: String = row["difference"]
            let changes = ["added", "changed", "removed"].contains { !difference.contains(#""\#($0)":0"#) }
            guard decided.contains(state), changes || state == "held" else { return nil }
            let decision = (row["decision"] as String?).map { $0.contains("huitong") ? "huitong" : "a person" }
            return "\(row["entry"] as String) \(state) \(decision ?? "-") "
                + Self.text(row, only: ["version", "snapshot", "difference", "filled", "counts", "quality", "reasons"])
        }.sorted()
    }

    /// What tells in a text which run it was, or when.
    private static var timing: Regex<Substring> { /run \d+|"deliveredAt":[0-9.]+/ }

    private static func text(_ row: Row, without hidden: Set<String>) -> String {
        text(row, only: row.columnNames.filter { !hidden.contains($0) })
    }

    private static func text(_ row: Row, only names: [String]) -> String {
        names.map { name in
            let value: DatabaseValue = row[name]
            let text =
                switch value.storage {
                case .blob(let data): data.map { String($0, radix: 16) }.joined(separator: ".")
                case .string(let text): text
                case .null: "-"
                default: "\(value)"
                }
            return "\(name)=\(text.replacing(timing, with: ""))"
        }.joined(separator: " ")
    }

    /// Without the versions of a collection that were served before: those of a subject are what its entries brought in
    /// the order that they were read in.
    func withoutPast(of collection: String) -> StoreRows {
        var rows = self
        for table in tables.keys where table.hasPrefix(collection + " ") && table.hasSuffix(" h") {
            rows.tables[table] = nil
        }
        return rows
    }

    /// What the one has and the other has not, a few lines of each table, from where they begin to differ.
    func differences(from wanted: StoreRows) -> [String] {
        Set(tables.keys).union(wanted.tables.keys).sorted().flatMap { table -> [String] in
            let (mine, other) = (tables[table] ?? [], wanted.tables[table] ?? [])
            guard mine != other else { return [] }
            let more = mine.filter { !other.contains($0) }
            let fewer = other.filter { !mine.contains($0) }
            let lines =
                more.prefix(3).map { "has \(Self.cut($0, beside: fewer))" }
                + fewer.prefix(3).map { "lacks \(Self.cut($0, beside: more))" }
            return lines.isEmpty ? ["\(table): \(mine.count) of \(other.count)"] : lines.map { "\(table) \($0)" }
        }
    }

    private static func cut(_ line: String, beside others: [String]) -> String {
        let common = others.map { line.commonPrefix(with: $0).count }.max() ?? 0
        return "\(line.prefix(40))… \(line.dropFirst(max(40, common - 60)).prefix(400))"
    }
}

extension StoreRows {
    private init() {}
}
