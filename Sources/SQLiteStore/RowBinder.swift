import GRDB
import GRDBSQLite
import Model

/// Binds records of a batch to a prepared insert, pointing SQLite at the batch's own bytes.
///
/// This is the hot path of storing: no value is copied or boxed between the arena and SQLite's page. The pointers are
/// valid for the one `step` that reads them.
struct RowBinder {
    private let statement: OpaquePointer
    private let run: Int64
    private let place: Int?
    private let columns: Int

    /// - Parameter statement: takes one leading value, then the columns of `GenerationTable.columns`.
    init(_ statement: Statement, run: Int64, table: GenerationTable) {
        self.statement = statement.sqliteStatement
        self.run = run
        place = table.place
        columns = table.collection.fields.count
    }

    /// Binds one record and runs the statement.
    func insert(
        _ record: Int, of batch: borrowing RecordBatch, bytes: UnsafeRawBufferPointer, leading: Int64?,
        state: GenerationTable.RowState
    ) throws {
        let head = batch.heads[record]
        if let leading { sqlite3_bind_int64(statement, 1, leading) } else { sqlite3_bind_null(statement, 1) }
        bindText(2, bytes, head.id)
        bindHash(3, head.hash)
        sqlite3_bind_int64(statement, 4, run)
        sqlite3_bind_int64(statement, 5, Int64(head.locator.page))
        sqlite3_bind_int64(statement, 6, Int64(head.locator.record))
        sqlite3_bind_int64(statement, 7, Int64(state.rawValue))
        var index: Int32 = 8
        if let place {
            bindBox(index, batch.cell(record, place), bytes)
            index += 4
        }
        for column in 0..<columns {
            bind(index, batch.cell(record, column), bytes)
            index += 1
        }
        if head.originals.isEmpty {
            sqlite3_bind_null(statement, index)
        } else {
            bindText(index, bytes, head.originals)
        }
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    private func bind(_ index: Int32, _ cell: RecordBatch.Cell, _ bytes: UnsafeRawBufferPointer) {
        switch cell.kind {
        case .null: sqlite3_bind_null(statement, index)
        case .integer: sqlite3_bind_int64(statement, index, cell.integer)
        case .text, .place: bindText(index, bytes, cell.range)
        }
    }

    private func bindText(_ index: Int32, _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        // An empty range must bind an empty text: a null pointer would bind NULL.
        let start = bytes.baseAddress.map { $0 + range.lowerBound } ?? UnsafeRawPointer(bitPattern: 1)
        sqlite3_bind_text(
            statement, index, start?.assumingMemoryBound(to: CChar.self), Int32(range.count), nil)
    }

    private func bindHash(_ index: Int32, _ hash: RecordBatch.Hash) {
        withUnsafeBytes(of: (hash.high, hash.low)) { bytes in
            // Sixteen bytes on the stack: SQLite has to copy them.
            _ = sqlite3_bind_blob(
                statement, index, bytes.baseAddress, 16, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
    }

    private func bindBox(_ index: Int32, _ cell: RecordBatch.Cell, _ bytes: UnsafeRawBufferPointer) {
        for corner in 0..<4 {
            if cell.kind == .place {
                let value = bytes.loadUnaligned(fromByteOffset: cell.offset - 32 + corner * 8, as: Double.self)
                sqlite3_bind_double(statement, index + Int32(corner), value)
            } else {
                sqlite3_bind_null(statement, index + Int32(corner))
            }
        }
    }
}
