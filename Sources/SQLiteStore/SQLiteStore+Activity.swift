import Foundation
import GRDB
import Model
import Store

extension SQLiteStore {
    public var activity: StoreActivity {
        var activity = writer.activity
        activity.storedBytes = SQLiteStore.bytes(of: path)
        activity.loggedBytes = SQLiteStore.bytes(of: path + "-wal")
        activity.freeBytes = freeBytes
        return activity
    }

    /// Bytes that are free for an ordinary user where the file is.
    var freeBytes: Int64? {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.int64Value
    }

    static func bytes(of file: String) -> Int64 {
        var status = stat()
        return stat(file, &status) == 0 ? Int64(status.st_size) : 0
    }

    public func health() async -> Fault? {
        // Where something is being written, it can be written: nobody waits for the end of a long publication to know.
        guard !writer.isWriting else { return fullDisk() }
        do {
            // Writing nothing, but with the writer's lock: a read-only file shows here.
            try await write { db in
                try db.execute(sql: "UPDATE settings SET value = value WHERE name = 'epoch'")
            }
            return fullDisk()
        } catch {
            return error
        }
    }

    /// The little that writing nothing takes finds its place in the log when no more does: a full disk does not show there.
    private func fullDisk() -> Fault? {
        guard let free = freeBytes, free < leastFree else { return nil }
        return Fault(
            .storeFull, "the disk is full: \(free >> 10) KiB are free",
            advice: "Free some space: what is served stays, and nothing new can be published.",
            context: ["file": path])
    }

    public func failures() async throws(Fault) -> [String: FailureStreak] {
        try read { db in
            // Each entry's runs since its last publication: a look at an index for what is well.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT r.entry, count(*) AS count, min(r.started_at) AS since
                    FROM collections c JOIN runs r ON r.entry = c.name AND r.number > coalesce(c.published_run, 0)
                    WHERE r.state = 'failed' GROUP BY r.entry
                    """)
            return Dictionary(
                rows.map { ($0["entry"], FailureStreak(count: $0["count"], since: $0["since"])) },
                uniquingKeysWith: { first, _ in first })
        }
    }
}
