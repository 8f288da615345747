import Foundation
import GRDB
import Model

/// A store's file that nobody serves: a backup, or what is to become one.
struct StoreCopy {
    let path: String

    /// Fills the file with what another holds at one moment.
    func fill(from source: String) throws(Fault) {
        remove()
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable() }
        close(descriptor)
        try naming(source) {
            let from = try DatabaseQueue(path: source, configuration: SQLiteStore.readerConfiguration())
            var configuration = Configuration()
            // Until it has its name, a copy that breaks off is worth nothing: no need for a journal.
            configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA synchronous = OFF") }
            let to = try DatabaseQueue(path: path, configuration: configuration)
            try from.backup(to: to)
            // One file that can be read where nothing can be written, without a log beside it.
            _ = try to.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
            try to.close()
            try from.close()
        }
    }

    /// Whether the file is one of ours at all.
    ///
    /// - Throws: `request.invalid` where it is not.
    func expectStore() throws(Fault) {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Fault(
                .badRequest, "the backup \(path) cannot be read", advice: "Name a file that huitong backup wrote.",
                context: ["file": path])
        }
        let isOurs = try naming(path) {
            let queue = try DatabaseQueue(path: path, configuration: SQLiteStore.readerConfiguration())
            return try queue.read { db in
                try db.tableExists("grdb_migrations") && db.tableExists("settings") && db.tableExists("generations")
            }
        }
        guard isOurs else {
            throw Fault(
                .badRequest, "\(path) is a database of something else",
                advice: "Name a file that huitong backup wrote.", context: ["file": path])
        }
    }

    /// Brings the copy to this version's form, and begins a new epoch of its change feed.
    func beginEpoch() throws(Fault) {
        try naming(path) {
            let queue = try DatabaseQueue(path: path, configuration: SQLiteStore.configuration())
            try Schema.migrate(queue)
            try queue.write { try Schema.beginEpoch($0) }
            try queue.close()
        }
    }

    /// Reads the copy back.
    ///
    /// - Parameters:
    ///   - thoroughly: whether every index is compared with its table; else every page is looked at.
    ///   - name: what the copy will be called.
    /// - Throws: `store.corrupt` where it is damaged.
    func check(thoroughly: Bool, as name: String) throws(Fault) -> StoreSummary {
        let (problem, summary) = try naming(path) {
            let queue = try DatabaseQueue(path: path, configuration: SQLiteStore.readerConfiguration())
            defer { try? queue.close() }
            return try queue.read { db in
                let pragma = thoroughly ? "integrity_check" : "quick_check"
                let problem = try String.fetchOne(db, sql: "PRAGMA \(pragma)(1)") ?? "no answer"
                let row = try Row.fetchOne(
                    db,
                    sql: """
                        SELECT count(*) AS collections, coalesce(sum(count), 0) AS records, max(published_at) AS published
                        FROM collections WHERE generation IS NOT NULL
                        """)
                return (
                    problem == "ok" ? nil : problem,
                    StoreSummary(
                        file: name, bytes: SQLiteStore.bytes(of: path), collections: row?["collections"] ?? 0,
                        records: row?["records"] ?? 0,
                        lastPublished: row?["published"])
                )
            }
        }
        if let problem {
            throw Fault(
                .storeCorrupt, "the database is damaged: \(problem.prefix(200))",
                advice: "Use an earlier backup, and keep the damaged file.", context: ["file": name])
        }
        return summary
    }

    /// Gives the copy its name, on disk when it returns.
    func rename(to name: String) throws(Fault) {
        try sync(path)
        guard Foundation.rename(path, name) == 0 else { throw unwritable() }
        try sync(URL(filePath: name).deletingLastPathComponent().path)
    }

    private func sync(_ place: String) throws(Fault) {
        let descriptor = open(place, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unwritable() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw unwritable() }
    }

    /// Takes away what a copy that broke off left.
    func remove() {
        for part in ["", "-journal", "-wal", "-shm"] { unlink(path + part) }
    }

    /// The error of the last system call about the file.
    func unwritable() -> Fault {
        let reason = errno
        return Fault(
            reason == ENOSPC ? .storeFull : .storeReadOnly,
            "\(path) cannot be written: \(String(cString: strerror(reason)))",
            advice: "Name a place that the user who runs huitong can write to, with room for the whole store.",
            context: ["file": path])
    }

    /// - Parameter file: what an error is about, unless it is that the copy's disk is full.
    private func naming<T>(_ file: String, _ work: () throws -> T) throws(Fault) -> T {
        do {
            return try work()
        } catch {
            let isFull = (error as? DatabaseError)?.resultCode == .SQLITE_FULL
            throw SQLiteStore.fault(error, path: isFull ? path : file)
        }
    }
}
