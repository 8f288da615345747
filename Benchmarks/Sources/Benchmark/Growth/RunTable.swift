import GRDBSQLite

/// What the exchange's file says of its runs, read beside the daemon, at the least cost to it.
final class RunTable {
    private let database: OpaquePointer

    init(_ path: String) throws {
        var database: OpaquePointer?
        guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK, let database else {
            throw Failure("cannot open \(path)")
        }
        self.database = database
        sqlite3_busy_timeout(database, 5000)
    }

    deinit { sqlite3_close_v2(database) }

    /// Seconds from the first start to the last end; nil until so many entries have published.
    ///
    /// - Parameter start: seconds since 1970; runs that started before are not meant.
    func seconds(of entries: Int, startedBy trigger: String, since start: Double) throws -> Double? {
        var statement: OpaquePointer?
        let sql = """
            SELECT count(DISTINCT entry), (julianday(max(ended_at)) - julianday(min(started_at))) * 86400 FROM runs
            WHERE state = 'published' AND trigger = '\(trigger)' AND unixepoch(started_at) >= \(start)
            """
        guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK else {
            throw Failure(String(cString: sqlite3_errmsg(database)))
        }
        defer { sqlite3_finalize(statement) }
        guard sqlite3_step(statement) == SQLITE_ROW, sqlite3_column_int64(statement, 0) >= entries else { return nil }
        return sqlite3_column_double(statement, 1)
    }
}
