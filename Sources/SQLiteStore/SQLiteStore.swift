import CSQLite
import Foundation
import GRDB
import Model
import Store
import Synchronization

/// The embedded store: one SQLite file with everything in it, one writer, many readers (DESIGN §9).
///
/// The methods of the protocol stand in extensions, one file for each promise. This file opens the database and turns
/// its errors into faults.
public final class SQLiteStore: ExchangeStore {
    let pool: DatabasePool
    let writer: WriterQueue
    let path: String
    let forms = ServedForms()
    /// What callers' questions are read over; GRDB's pool is for writing, and for the little that runs ask.
    let readers: Readers
    let registered = Registered()
    let now: @Sendable () -> Double
    /// Bytes that must be free for the store to count as able to write.
    let leastFree: Int64
    /// Sessions of runs under way in this process, by entry: what staging remembers between batches,
    /// nil until the run is open.
    let sessions = Mutex<[String: StagingSession?]>([:])

    /// Opens the file, creating and migrating it as needed.
    ///
    /// - Parameters:
    ///   - path: the file; its folder must exist.
    ///   - leastFree: bytes that must be free for the store to count as able to write.
    ///   - now: seconds since 1970, for tests of what depends on the date.
    /// - Throws: `store.newer`, `store.corrupt`, `store.read-only` …
    public init(
        path: String, leastFree: Int64 = 1 << 20,
        now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
    ) throws(Fault) {
        self.path = path
        self.leastFree = leastFree
        self.now = now
        let forms = forms
        readers = Readers { () throws(Fault) in
            do {
                return try Reader(path: path, forms: forms, today: { ChinaTime.date(now()) })
            } catch {
                throw SQLiteStore.fault(error, path: path)
            }
        }
        _ = SQLiteStore.countsNoMemory
        let opening = OpeningLock(of: path)
        defer { withExtendedLifetime(opening) {} }
        do {
            pool = try DatabasePool(path: path, configuration: SQLiteStore.configuration())
            writer = WriterQueue(pool)
            try Schema.migrate(pool)
        } catch let fault as Fault {
            throw fault
        } catch {
            throw SQLiteStore.fault(error, path: path)
        }
    }

    public func close() async throws(Fault) {
        readers.close()
        do { try pool.close() } catch { throw fault(error) }
    }

    /// The time, RFC 3339.
    func timestamp() -> String { ChinaTime.text(now()) }
    /// The date in Asia/Shanghai.
    func today() -> String { ChinaTime.date(now()) }

    /// Kilobytes of pages that a connection keeps, as SQLite writes it.
    static let cacheSize = -8000
    /// The same while a publication goes on, when no batches need the memory.
    static let largeCacheSize = -40000

    /// As much of the file as SQLite maps at most.
    private static let mappedBytes = 0x7FFF_0000

    private static let countsNoMemory = huitong_sqlite_count_no_memory()

    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            // Larger pages halve the cost of wide rows; they can only be chosen before the first table.
            try db.execute(sql: "PRAGMA page_size = 16384")
            // What is staged may be fetched again, so it is not synced; a publication is (see `publishing`).
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
            // A large publication leaves a log that is cut down again once it has been taken over.
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
            try db.execute(sql: "PRAGMA cache_size = \(cacheSize)")
            // Deleted personal data does not linger in pages that are written anyway.
            try db.execute(sql: "PRAGMA secure_delete = FAST")
            try db.execute(sql: "PRAGMA temp_store = FILE")
            db.add(collation: DecimalCollation.collation)
            db.add(function: RecordIDFunction.function)
        }
        return configuration
    }

    static func readerConfiguration() -> Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        // A snapshot lives as long as its answer, which may be several accesses (`Reader`).
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            // Rows lie where their revision is, so a page of an index leads to a page of the file for every row. Mapped, they
            // are read where the system has them already; else each is copied, which costs more than the row.
            try db.execute(sql: "PRAGMA mmap_size = \(mappedBytes)")
            try db.execute(sql: "PRAGMA cache_size = \(cacheSize)")
            db.add(collation: DecimalCollation.collation)
            db.add(function: RecordIDFunction.function)
        }
        return configuration
    }
}

// MARK: - Reading and writing

extension SQLiteStore {
    /// Writes in one transaction of the one writer.
    ///
    /// - Parameter isLong: whether it takes so long that nothing should have to wait for it to be committed.
    func write<T: Sendable>(
        isLong: Bool = false, _ body: @escaping @Sendable (Database) throws -> T
    ) async throws(Fault) -> T {
        do { return try await writer.write(.ordinary, isLong: isLong, body) } catch { throw fault(error) }
    }

    /// Writes in one transaction that is on disk when it returns.
    func publishing<T: Sendable>(
        isLong: Bool = false, _ body: @escaping @Sendable (Database) throws -> T
    ) async throws(Fault) -> T {
        do { return try await writer.write(.publication, isLong: isLong, body) } catch { throw fault(error) }
    }

    /// Reads one snapshot on a thread of the store's own, until the task is cancelled: for whatever callers ask.
    func look<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(Fault) -> T {
        try await readers.look(body)
    }

    /// Reads one snapshot, on the calling thread: hopping to another costs more than a point query. For runs, which ask
    /// little.
    func read<T>(_ body: (Database) throws -> T) throws(Fault) -> T {
        do { return try pool.read(body) } catch { throw fault(error) }
    }

    func fault(_ error: any Error) -> Fault { SQLiteStore.fault(error, path: path) }

    /// Says what an engine's error means here. Never its SQL or arguments: they hold records.
    static func fault(_ error: any Error, path: String) -> Fault {
        if let fault = error as? Fault { return fault }
        if error is CancellationError { return Fault(.runCancelled, "the task was cancelled") }
        guard let error = error as? DatabaseError else {
            return Fault(.storeFailed, "the store failed: \(type(of: error))", context: ["file": path])
        }
        let place = ["file": path, "sqlite": String(error.extendedResultCode.rawValue)]
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return Fault(.storeBusy, "the store is busy", advice: "Try again in a moment.", context: place)
        case .SQLITE_FULL:
            return Fault(
                .storeFull, "the disk is full: nothing was changed",
                advice: "Free some space, and try again: what is served is what it was.", context: place)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            return Fault(
                .storeReadOnly, "the data directory cannot be written",
                advice: "Check that it exists and belongs to the user who runs huitong.", context: place)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return Fault(
                .storeCorrupt, "the file is not a sound SQLite database",
                advice: "Stop the daemon and restore a backup.", context: place)
        case .SQLITE_INTERRUPT:
            return Fault(.storeBusy, "the query was given up before its end", advice: "Try again.", context: place)
        default:
            return Fault(.storeFailed, "SQLite: \(error.resultCode)", context: place)
        }
    }
}
