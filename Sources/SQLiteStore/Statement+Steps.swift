import GRDB
import GRDBSQLite

extension Statement {
    /// Steps through the rows without making a `Row` of each: the reader takes bytes from the columns.
    func forEachStep(_ body: (OpaquePointer) throws -> Void) throws {
        let handle = sqliteStatement
        defer { sqlite3_reset(handle) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: try body(handle)
            case SQLITE_DONE: return
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
    }
}
