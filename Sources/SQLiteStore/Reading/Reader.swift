import GRDB
import GRDBSQLite
import Model
import Store

/// One read-only connection with what it has prepared: statements, and what it knows of collections.
///
/// `@unchecked Sendable`: everything that changes is touched inside `queue` only, which lets one thread in at a time.
final class Reader: @unchecked Sendable {
    private let queue: DatabaseQueue
    private let path: String
    private let forms: ServedForms
    private let today: @Sendable () -> String

    private var known: [String: KnownCollection] = [:]
    private var transaction: Transaction?
    private var order: ReadOrder?
    /// They do not change: kept for as long as the connection.
    var times: PublicationTimes?
    /// The page that is being given.
    var page: OpenPage?

    /// Steps of SQLite's machine between two looks at the clock: about a tenth of a millisecond.
    private static let stepsBetweenLooks: Int32 = 5_000

    init(path: String, forms: ServedForms, today: @escaping @Sendable () -> String) throws {
        self.path = path
        self.forms = forms
        self.today = today
        queue = try DatabaseQueue(path: path, configuration: SQLiteStore.readerConfiguration())
        let pointer = Unmanaged.passUnretained(self).toOpaque()
        queue.unsafeRead { db in
            sqlite3_progress_handler(db.sqliteConnection, Self.stepsBetweenLooks, askWhetherOver, pointer)
        }
    }

    func close() { try? queue.close() }

    fileprivate var isOver: Bool { order?.isOver ?? false }

    /// Reads a collection in one snapshot: a new one, or the one that the loan keeps.
    func read<Answer>(
        _ name: String, _ order: ReadOrder?, _ loan: ReaderLoan,
        _ body: (any CollectionReader) throws(Fault) -> Answer
    ) throws(Fault) -> Answer {
        do {
            return try queue.unsafeRead { db in
                if let order, order.isOver { throw order.fault }
                let version = try begin(db)
                self.order = order
                defer {
                    self.order = nil
                    if !loan.isKept { finish() }
                }
                let snapshot = ReaderSnapshot(
                    reader: self, loan: loan, known: try collection(name, version, db), db: db, today: today)
                return try body(snapshot)
            }
        } catch {
            throw fault(error)
        }
    }

    /// Reads whatever is asked, in a snapshot of its own.
    func look<Answer>(_ order: ReadOrder, _ body: (Database) throws -> Answer) throws(Fault) -> Answer {
        do {
            return try queue.unsafeRead { db in
                if order.isOver { throw order.fault }
                _ = try begin(db)
                self.order = order
                defer {
                    self.order = nil
                    finish()
                }
                do { return try body(db) } catch { throw fault(error) }
            }
        } catch {
            throw fault(error)
        }
    }

    /// Gives the snapshot up.
    func end() { queue.unsafeReentrantRead { _ in finish() } }

    // MARK: - Inside the queue

    /// The three statements that stand around every reading.
    private struct Transaction {
        let begin: Statement
        let commit: Statement
        /// A number that is another one after any connection has written, of whichever process.
        let version: Statement

        init(_ db: Database) throws {
            begin = try db.makeStatement(sql: "BEGIN")
            commit = try db.makeStatement(sql: "COMMIT")
            version = try db.makeStatement(sql: "PRAGMA data_version")
        }
    }

    /// - Returns: the version of the data that the snapshot is of.
    private func begin(_ db: Database) throws -> Int64 {
        let transaction = try transaction ?? Transaction(db)
        self.transaction = transaction
        if sqlite3_get_autocommit(db.sqliteConnection) != 0 { try transaction.begin.forEachStep { _ in } }
        var version: Int64 = 0
        try transaction.version.forEachStep { version = sqlite3_column_int64($0, 0) }
        return version
    }

    private func finish() {
        page?.close()
        page = nil
        try? transaction?.commit.forEachStep { _ in }
    }

    /// What is known of a collection is known until anything is written: then its row is looked at again.
    private func collection(_ name: String, _ version: Int64, _ db: Database) throws -> KnownCollection {
        if let collection = known[name], collection.version == version { return collection }
        guard let served = try forms.fetch(name, db) else {
            known[name] = nil
            throw SQLiteStore.noCollection(name)
        }
        let state = CollectionState(served, try SQLiteStore.setting("epoch", db))
        if let collection = known[name], collection.form.identity == served.form.identity {
            collection.state = state
            collection.version = version
            return collection
        }
        let collection = KnownCollection(form: served.form, state: state, version: version)
        known[name] = collection
        return collection
    }

    func fault(_ error: any Error) -> Fault {
        if let error = error as? DatabaseError, error.resultCode == .SQLITE_INTERRUPT, let order { return order.fault }
        return SQLiteStore.fault(error, path: path)
    }
}

/// SQLite's question whether to go on; anything but 0 ends the statement.
private func askWhetherOver(_ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let context else { return 0 }
    return Unmanaged<Reader>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
}
