import Foundation
import GRDB
import Model

/// Puts a backup in the place of a store. Whoever does it holds the data directory.
public struct StoreRestore: Sendable {
    private let path: String
    private let now: Double

    /// - Parameters:
    ///   - path: the store's file, which may be damaged or absent.
    ///   - now: seconds since 1970; what was there is named after it.
    public init(to path: String, now: Double = Date().timeIntervalSince1970) {
        self.path = path
        self.now = now
    }

    /// Copies the backup, checks it, brings it to this version's form and puts it in place at once.
    ///
    /// Its change feed begins a new epoch: what consumers have followed since the backup is no longer part of it, and they
    /// are told with `request.changes-gone` to read anew. The store that was there is kept beside it.
    ///
    /// - Throws: `request.invalid` where the file is no backup, `store.corrupt` where it is damaged, `store.newer`, `store.full`,
    ///   `store.busy` where another process reads the store that is there.
    public func restore(_ file: String) throws(Fault) -> StoreSummary {
        try StoreCopy(path: file).expectStore()
        let copy = StoreCopy(path: path + ".restoring")
        do throws(Fault) {
            try copy.fill(from: file)
            try copy.beginEpoch()
            var summary = try copy.check(thoroughly: false, as: path)
            // Nobody opens the store between its end and the beginning of the other.
            let opening = OpeningLock(of: path)
            defer { withExtendedLifetime(opening) {} }
            summary.replaced = try putAway()
            try copy.rename(to: path)
            return summary
        } catch {
            copy.remove()
            throw error
        }
    }

    /// Gives the store that is there a second name, under which it stays.
    private func putAway() throws(Fault) -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let kept = try keptName()
        do {
            try takeLog()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw Fault(
                .storeBusy, "another process reads the store", advice: "Wait for its end, and try again.",
                context: ["file": path])
        } catch {
            // Damaged beyond opening: its log goes with it, and must not be taken for the log of what comes in its place.
            for part in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + part) {
                guard Foundation.rename(path + part, kept + part) == 0 else { throw unwritable(kept + part) }
            }
        }
        guard link(path, kept) == 0 else { throw unwritable(kept) }
        return kept
    }

    /// A name that nothing has yet, with the time in it.
    ///
    /// A restore that was killed before its end may have left such a name to the store that is still there: it is taken
    /// away, so that nobody thinks it a copy.
    private func keptName() throws(Fault) -> String {
        let folder = URL(filePath: path).deletingLastPathComponent()
        let prefix = URL(filePath: path).lastPathComponent + ".replaced-"
        let store = StoreRestore.identity(of: path)
        var taken: Set<String> = []
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where name.hasPrefix(prefix) {
            let file = folder.appending(path: name).path
            if StoreRestore.identity(of: file) == store { unlink(file) } else { taken.insert(name) }
        }
        let base = prefix + ChinaTime.text(now).filter { $0.isNumber || $0 == "T" }.prefix(15)
        let names = [base] + (2...999).map { "\(base)-\($0)" }
        guard let name = names.first(where: { !taken.contains($0) }) else { throw unwritable(base) }
        return folder.appending(path: name).path
    }

    private static func identity(of file: String) -> [UInt64] {
        var status = stat()
        return stat(file, &status) == 0 ? [UInt64(status.st_dev), UInt64(status.st_ino)] : []
    }

    /// Ends the log of the store that is there, so that all of it is in one file. Only the last connection can.
    private func takeLog() throws {
        let queue = try DatabaseQueue(path: path, configuration: SQLiteStore.configuration())
        try queue.writeWithoutTransaction { db in
            _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
        }
        try queue.close()
    }

    private func unwritable(_ file: String) -> Fault { StoreCopy(path: file).unwritable() }
}
