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

extension Database {
    /// Executes what reads the same for every entry: prepared once, where each run would prepare it anew.
    func executeAgain(sql: String, arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Whether there is any row, by a statement that reads the same for every entry.
    func hasAny(sql: String, arguments: StatementArguments) throws -> Bool {
        try Bool.fetchOne(cachedStatement(sql: "SELECT EXISTS (\(sql))"), arguments: arguments) ?? false
    }
}
