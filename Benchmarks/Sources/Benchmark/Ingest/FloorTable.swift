import CXXHash
import District
import GRDBSQLite
import Model

/// A table of the register in SQLite, by its C interface: what any program that keeps records there has to do.
final class FloorTable {
    private let database: OpaquePointer
    private static let columns = EntityGenerator.fields.indices.map { "c\($0)" }

    init(path: String) throws {
        var database: OpaquePointer?
        guard sqlite3_open(path, &database) == SQLITE_OK, let database else { throw Failure("cannot open \(path)") }
        self.database = database
        try execute("PRAGMA page_size = 16384")
        try execute("PRAGMA journal_mode = WAL")
        try execute("PRAGMA synchronous = NORMAL")
        try execute("PRAGMA cache_size = -65536")
        try execute("PRAGMA secure_delete = OFF")
        try execute("PRAGMA wal_autocheckpoint = 20000")
    }

    deinit { sqlite3_close_v2(database) }

    func execute(_ sql: String) throws {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
    }

    func create() throws {
        try execute("CREATE TABLE entity (\(Self.columns.joined(separator: " TEXT, ")) TEXT, hash BLOB)")
    }

    /// Those of the exchange: the key's with the hash, and two that queries use with the key; built when the rows are in,
    /// sorted by other threads in little memory.
    func createIndexes() throws {
        try execute("PRAGMA cache_size = -2000; PRAGMA threads = 2")
        try execute("CREATE INDEX entity_key ON entity (c0, hash)")
        try execute("CREATE INDEX entity_industry ON entity (c11, c0)")
        try execute("CREATE INDEX entity_division ON entity (c12, c0)")
    }

    /// Adds a batch, in one transaction and in the order of its keys.
    func insert(_ batch: RawBatch) throws {
        let insert = try Statement("INSERT INTO entity VALUES (\(placeholders))", of: self)
        try execute("BEGIN")
        try batch.bytes.withUnsafeBytes { bytes in
            for record in KeyOrder(batch, bytes).records {
                insert.bind(record, of: batch, bytes)
                guard sqlite3_step(insert.handle) == SQLITE_DONE else { throw failure("insert") }
                sqlite3_reset(insert.handle)
            }
        }
        try execute("COMMIT")
    }

    /// Rewrites those of a batch that are not as they were.
    ///
    /// - Returns: how many.
    func update(_ batch: RawBatch) throws -> Int {
        let probe = try Statement("SELECT rowid, hash FROM entity WHERE c0 = ?1", of: self)
        let update = try Statement("REPLACE INTO entity (rowid, \(names)) VALUES (?22, \(placeholders))", of: self)
        var changed = 0
        try execute("BEGIN")
        try batch.bytes.withUnsafeBytes { bytes in
            for record in KeyOrder(batch, bytes).records {
                let hash = RecordHash(record, of: batch, bytes)
                probe.bind(0, record, of: batch, bytes)
                let isKnown = sqlite3_step(probe.handle) == SQLITE_ROW
                let isSame = isKnown && hash == RecordHash(probe.handle, column: 1)
                if !isSame {
                    changed += 1
                    update.bind(record, of: batch, bytes)
                    if isKnown { sqlite3_bind_int64(update.handle, 22, sqlite3_column_int64(probe.handle, 0)) }
                    guard sqlite3_step(update.handle) == SQLITE_DONE else { throw failure("update") }
                    sqlite3_reset(update.handle)
                }
                sqlite3_reset(probe.handle)
            }
        }
        try execute("COMMIT")
        return changed
    }

    private var names: String { (Self.columns + ["hash"]).joined(separator: ", ") }
    private var placeholders: String { (1...Self.columns.count + 1).map { "?\($0)" }.joined(separator: ", ") }

    private func failure(_ what: String) -> Failure {
        Failure("\(what): \(String(cString: sqlite3_errmsg(database)))")
    }

    /// A prepared statement.
    private struct Statement: ~Copyable {
        let handle: OpaquePointer

        init(_ sql: String, of table: FloorTable) throws {
            var handle: OpaquePointer?
            guard sqlite3_prepare_v2(table.database, sql, -1, &handle, nil) == SQLITE_OK, let handle else {
                throw table.failure(sql)
            }
            self.handle = handle
        }

        deinit { sqlite3_finalize(handle) }

        /// Binds a record's values and its hash; SQLite reads them where they are, so the batch has to stay.
        func bind(_ record: Int, of batch: RawBatch, _ bytes: UnsafeRawBufferPointer) {
            for column in 0..<batch.columns { bind(column, record, of: batch, bytes) }
            var hash = RecordHash(record, of: batch, bytes)
            // No static destructor here: the hash is a local, SQLite has to copy it.
            let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            sqlite3_bind_blob(handle, Int32(batch.columns + 1), &hash, 16, copy)
        }

        func bind(_ column: Int, _ record: Int, of batch: RawBatch, _ bytes: UnsafeRawBufferPointer) {
            let cell = batch.cell(record, column)
            switch cell.kind {
            case .missing, .null: sqlite3_bind_null(handle, Int32(column + 1))
            default:
                let text = bytes.baseAddress?.advanced(by: Int(cell.offset)).assumingMemoryBound(to: CChar.self)
                sqlite3_bind_text(handle, Int32(column + 1), text, Int32(cell.length), nil)
            }
        }
    }
}

/// What tells a record from its former self: 128 bits over the stretch of the arena that its values take.
struct RecordHash: Equatable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ record: Int, of batch: RawBatch, _ bytes: UnsafeRawBufferPointer) {
        var (start, end) = (UInt32.max, UInt32.zero)
        for column in 0..<batch.columns {
            let cell = batch.cell(record, column)
            guard cell.length > 0 else { continue }
            start = min(start, cell.offset)
            end = max(end, cell.offset + cell.length)
        }
        guard start < end else { return }
        huitong_hash128(bytes.baseAddress?.advanced(by: Int(start)), Int(end - start), 0, &low, &high)
    }

    init(_ statement: OpaquePointer, column: Int32) {
        guard sqlite3_column_bytes(statement, column) == 16, let blob = sqlite3_column_blob(statement, column) else {
            return
        }
        low = blob.loadUnaligned(as: UInt64.self)
        high = blob.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    }
}
