import Foundation
import GRDB
import Model

/// The tables that every exchange has. Those of collections come and go with their generations (`GenerationTable`).
enum Schema {
    static func migrate(_ database: some DatabaseWriter) throws {
        try migrator.migrate(database)
        // A migration that this program does not know was made by a newer one.
        let unknown = try database.read { db in try migrator.hasBeenSuperseded(db) }
        if unknown {
            throw Fault(
                .storeNewer, "the data was written by a newer huitong",
                advice: "Use that version, or restore a backup made before the upgrade.",
                context: ["file": database.path])
        }
    }

    /// Makes revisions that were handed out before incomparable with those to come.
    static func beginEpoch(_ db: Database) throws {
        try db.execute(sql: "UPDATE settings SET value = ? WHERE name = 'epoch'", arguments: [randomText(8)])
    }

    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            for statement in first { try db.execute(sql: statement) }
            try db.execute(
                sql: "INSERT INTO settings VALUES ('epoch', ?), ('digest-key', ?)",
                arguments: [randomText(8), randomText(32)])
        }
        migrator.registerMigration("2") { db in
            for statement in second { try db.execute(sql: statement) }
            let tables = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM sqlite_master
                    WHERE type = 'table' AND (name GLOB 'g[0-9]*' OR name GLOB 'h[0-9]*' OR name GLOB 's[0-9]*')
                    """)
            for table in tables { try db.execute(sql: "ALTER TABLE \(table) ADD COLUMN _originals TEXT") }
        }
        migrator.registerMigration("3") { db in
            for statement in third { try db.execute(sql: statement) }
            try keepStagedTables(db)
        }
        migrator.registerMigration("4") { db in
            let generations = try Row.fetchAll(
                db, sql: "SELECT number, definition FROM generations WHERE state <> 'orphaned'")
            for row in generations {
                let table = GenerationTable(
                    number: row["number"], collection: try row.decoded(Collection.self, "definition"))
                guard try table.collection.kind == .entry && db.tableExists(table.staged) else { continue }
                try db.execute(sql: "DROP INDEX IF EXISTS \(table.staged)_id")
                try table.createStagedIndex(db)
            }
        }
        return migrator
    }()

    /// What is looked up by entry is found by entry, however many runs, entries and findings there are.
    private static let third = [
        "CREATE INDEX pauses_by_entry ON pauses (entry)",
        "CREATE INDEX generations_by_collection ON generations (collection, number)",
        "CREATE INDEX generations_orphaned ON generations (number) WHERE state = 'orphaned'",
        "DROP INDEX runs_open",
        "CREATE INDEX runs_open ON runs (entry, number) WHERE \(RunRow.isOpen)",
        "CREATE INDEX findings_of_duplicates ON findings (collection) WHERE rule = '\(DuplicateKey.rule)'",
        "CREATE INDEX quarantine_open_by_id ON quarantine (entry, id) WHERE state = 'open'",
    ]

    /// Runs stage into a table that is there as long as the generation they compare with, where each had its own.
    private static func keepStagedTables(_ db: Database) throws {
        let generations = try Row.fetchAll(
            db, sql: "SELECT number, definition FROM generations WHERE state <> 'orphaned'")
        for row in generations {
            let collection = try row.decoded(Collection.self, "definition")
            guard collection.kind == .entry else { continue }
            let table = GenerationTable(number: row["number"], collection: collection)
            try table.createStaged(db)
            let runs = try Int64.fetchAll(
                db,
                sql: """
                    SELECT r.number FROM runs r JOIN collections c ON c.name = r.entry AND c.generation = ?
                    WHERE r.generation IS NULL AND r.\(RunRow.isOpen)
                    """, arguments: [table.number])
            for run in runs where try db.tableExists("s\(run)") {
                let columns = (["_base"] + table.columns).joined(separator: ", ")
                try db.execute(
                    sql: "INSERT INTO \(table.staged) (\(columns)) SELECT \(columns) FROM s\(run) ORDER BY _sequence")
            }
        }
        let old = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 's[0-9]*'")
        for table in old { try db.execute(sql: "DROP TABLE \(table)") }
    }

    /// Values as they were sent, and what quality is computed from.
    private static let second = [
        "ALTER TABLE collections ADD COLUMN quality TEXT",
        "ALTER TABLE runs ADD COLUMN counts TEXT",
        "ALTER TABLE runs ADD COLUMN quality TEXT",
        """
        CREATE TABLE agreements (
            subject TEXT NOT NULL, id TEXT NOT NULL, compared INTEGER NOT NULL, agreed INTEGER NOT NULL,
            PRIMARY KEY (subject, id)
        ) WITHOUT ROWID
        """,
    ]

    private static func randomText(_ count: Int) -> String {
        (0..<count).map { _ in String(UInt8.random(in: 0...255), radix: 16) }
            .map { $0.count == 1 ? "0" + $0 : $0 }.joined()
    }

    private static let first = [
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """
        CREATE TABLE registrations (
            entry TEXT NOT NULL, version INTEGER NOT NULL, definition TEXT NOT NULL, text TEXT NOT NULL,
            who TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (entry, version)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE pauses (
            entry TEXT NOT NULL, paused INTEGER NOT NULL, who TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL)
        """,
        "CREATE TABLE subjects (name TEXT PRIMARY KEY, definition TEXT NOT NULL, joined_on TEXT) WITHOUT ROWID",
        """
        CREATE TABLE collections (
            name TEXT PRIMARY KEY, definition TEXT NOT NULL, definition_version INTEGER NOT NULL DEFAULT 1,
            generation INTEGER, revision INTEGER NOT NULL DEFAULT 0,
            count INTEGER NOT NULL DEFAULT 0, rules TEXT, filled TEXT, watermark TEXT, published_run INTEGER,
            published_at TEXT, west REAL, south REAL, east REAL, north REAL
        ) WITHOUT ROWID
        """,
        // State: building, serving, retired. A retired generation is history as a whole.
        """
        CREATE TABLE generations (
            number INTEGER PRIMARY KEY, collection TEXT NOT NULL, definition TEXT NOT NULL, state TEXT NOT NULL,
            retired_by INTEGER)
        """,
        """
        CREATE TABLE runs (
            number INTEGER PRIMARY KEY, entry TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL,
            trigger TEXT NOT NULL, snapshot INTEGER NOT NULL, rules TEXT NOT NULL, started_at TEXT NOT NULL,
            ended_at TEXT, base_revision INTEGER NOT NULL, generation INTEGER, position TEXT NOT NULL,
            difference TEXT NOT NULL, filled TEXT, batches INTEGER NOT NULL DEFAULT 0, watermark TEXT, fault TEXT,
            reasons TEXT NOT NULL DEFAULT '[]', stages TEXT NOT NULL DEFAULT '{}', decision TEXT)
        """,
        "CREATE INDEX runs_by_entry ON runs (entry, number)",
        "CREATE INDEX runs_open ON runs (state) WHERE state IN ('queued', 'fetching', 'judging', 'held')",
        """
        CREATE TABLE seen (
            run INTEGER NOT NULL, batch INTEGER NOT NULL, revisions BLOB NOT NULL, PRIMARY KEY (run, batch)
        ) WITHOUT ROWID
        """,
        "CREATE TABLE staged_removals (run INTEGER NOT NULL, revision INTEGER NOT NULL)",
        "CREATE INDEX staged_removals_by_run ON staged_removals (run, revision)",
        """
        CREATE TABLE staged_findings (
            run INTEGER NOT NULL, id TEXT NOT NULL, rule TEXT NOT NULL, page INTEGER, record INTEGER,
            finding TEXT NOT NULL)
        """,
        "CREATE INDEX staged_findings_by_run ON staged_findings (run)",
        """
        CREATE TABLE staged_refusals (
            run INTEGER NOT NULL, id TEXT, digest TEXT NOT NULL, refusal TEXT NOT NULL)
        """,
        "CREATE INDEX staged_refusals_by_run ON staged_refusals (run)",
        """
        CREATE TABLE findings (
            collection TEXT NOT NULL, id TEXT NOT NULL, rule TEXT NOT NULL, run INTEGER NOT NULL, page INTEGER,
            record INTEGER, finding TEXT NOT NULL)
        """,
        "CREATE INDEX findings_by_record ON findings (collection, id)",
        """
        CREATE TABLE quarantine (
            number INTEGER PRIMARY KEY, entry TEXT NOT NULL, run INTEGER NOT NULL, id TEXT, digest TEXT NOT NULL,
            refusal TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL, who TEXT, reason TEXT)
        """,
        "CREATE INDEX quarantine_open ON quarantine (entry, digest) WHERE state = 'open'",
        """
        CREATE TABLE tombstones (
            collection TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL, run INTEGER NOT NULL,
            PRIMARY KEY (collection, revision)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX tombstones_by_id ON tombstones (collection, id)",
    ]
}
