import GRDB
import Model
import Store

extension SQLiteStore {
    public func register(
        _ entry: Entry, text: String, who: String, reason: String
    ) async throws(Fault) -> Registration {
        let at = timestamp()
        defer { registered.forget() }
        return try await write { db in
            let current = try Self.registration(of: entry.name, db)
            if let current, current.text == text, current.entry == entry { return current }
            let version = (current?.version ?? 0) + 1
            try db.execute(
                sql: "INSERT INTO registrations VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [entry.name, version, try json(entry), text, who, reason, at])
            try CollectionRow.define(Collection(entry), db)
            return Registration(
                entry: entry, version: version, text: text, who: who, reason: reason, at: at,
                isPaused: current?.isPaused ?? false)
        }
    }

    public func registrations() async throws(Fault) -> [Registration] {
        try await look { db in
            try Self.registrations(
                where: "version = (SELECT max(version) FROM registrations o WHERE o.entry = r.entry)", [], db)
        }
    }

    public func registration(of entry: String) async throws(Fault) -> Registration? {
        try registered.registration(of: entry) { () throws(Fault) in
            try read { db in try Self.registration(of: entry, db) }
        }
    }

    public func registrationHistory(of entry: String) async throws(Fault) -> [Registration] {
        try await look { db in try Self.registrations(where: "entry = ?", [entry], db) }
    }

    public func setPaused(
        _ isPaused: Bool, entry: String, who: String, reason: String
    ) async throws(Fault) {
        let at = timestamp()
        defer { registered.forget() }
        try await write { db in
            guard try Self.registration(of: entry, db) != nil else {
                throw Self.unknown(entry)
            }
            try db.execute(
                sql: "INSERT INTO pauses VALUES (?, ?, ?, ?, ?)", arguments: [entry, isPaused, who, reason, at])
        }
    }

    static func unknown(_ entry: String) -> Fault {
        Fault(
            .unknownEntry, "no entry is registered as \(entry)",
            advice: "See `huitong catalog list`, or register its file with `huitong catalog register FILE`.",
            context: ["entry": entry])
    }

    /// The version of an entry that counts.
    static func registration(of entry: String, _ db: Database) throws -> Registration? {
        let newest = "version = (SELECT max(version) FROM registrations WHERE entry = ?1)"
        return try registrations(where: "entry = ?1 AND \(newest)", [entry], db).first
    }

    /// Newest first within an entry.
    static func registrations(
        where condition: String, _ arguments: StatementArguments, _ db: Database
    ) throws -> [Registration] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT r.*, coalesce(
                    (SELECT paused FROM pauses p WHERE p.entry = r.entry ORDER BY p.rowid DESC LIMIT 1), 0) AS paused
                FROM registrations r WHERE \(condition) ORDER BY r.entry, r.version DESC
                """)
        return try Row.fetchAll(statement, arguments: arguments).map { row in
            Registration(
                entry: try row.definition(Entry.self, "definition"), version: row["version"], text: row["text"],
                who: row["who"], reason: row["reason"], at: row["at"], isPaused: row["paused"])
        }
    }
}
