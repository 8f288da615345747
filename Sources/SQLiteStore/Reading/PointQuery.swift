import GRDB
import GRDBSQLite
import Model
import Store

/// The statement for one record by its id, prepared once and bound by hand: the most frequent query there is.
struct PointQuery {
    /// What of a record is wanted, and by whom.
    struct Selection: Hashable {
        /// Indexes of fields; nil for all that may be seen.
        var columns: [Int]?
        var disclosure: Disclosure
    }

    private let statement: Statement
    private let rows: RowReader

    init(_ selection: Selection, of collection: Collection, _ table: GenerationTable, _ db: Database) throws {
        let visible = collection.fields.indices.filter {
            selection.disclosure.treatment(of: collection.fields[$0]) != .absent
        }
        rows = RowReader(collection, columns: selection.columns ?? visible, disclosure: selection.disclosure)
        statement = try db.makeStatement(
            sql: "SELECT \(rows.selected()) FROM \(table.current) WHERE _id = ?")
    }

    /// - Returns: whether there is such a record.
    func read(_ id: String, _ times: inout PublicationTimes, _ body: (RecordRow) throws -> Void) throws -> Bool {
        let handle = statement.sqliteStatement
        var id = id
        return try id.withUTF8 { bytes in
            // Bound without a copy: it is stepped and reset before the bytes go.
            let text = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
            sqlite3_bind_text(handle, 1, text, Int32(bytes.count), nil)
            defer {
                sqlite3_reset(handle)
                sqlite3_clear_bindings(handle)
            }
            switch sqlite3_step(handle) {
            case SQLITE_ROW:
                try body(try rows.row(handle, times: &times))
                return true
            case SQLITE_DONE: return false
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
    }
}
