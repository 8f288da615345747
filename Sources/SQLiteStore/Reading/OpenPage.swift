import GRDB
import GRDBSQLite
import Model
import Store

/// A page whose records are being given: a statement that stands on one of them, segment after segment.
final class OpenPage {
    private let query: PageQuery
    private let rows: RowReader
    private var statement: Statement?
    private var segment = 0
    private var given = 0
    private var end: PageCursor?

    init(_ query: PageQuery) {
        self.query = query
        let plan = query.plan
        rows = RowReader(plan.collection, columns: plan.columns, disclosure: plan.disclosure)
    }

    /// Gives records until the page is at its end or `body` has enough.
    func read(
        _ db: Database, _ times: inout PublicationTimes, while body: (RecordRow) -> Bool
    ) throws -> PageProgress {
        let firstSortColumn = RowReader.envelopeCount + Int32(query.plan.columns.count)
        let selected = rows.selected("t.")
        while let handle = try step(selecting: selected, db) {
            // The row too many only tells that there is a next page.
            if given == query.plan.limit { return .done(next: end) }
            given += 1
            if given == query.plan.limit { end = cursor(handle, id: 0, firstSortColumn) }
            if !body(try rows.row(handle, times: &times)) { return .paused }
        }
        return .done(next: nil)
    }

    /// Goes over the page by its order alone, which an index knows without the records.
    func next(_ db: Database) throws -> PageCursor? {
        defer { close() }
        while let handle = try step(selecting: "t._id", db) {
            if given == query.plan.limit { return end }
            given += 1
            if given == query.plan.limit { end = cursor(handle, id: 0, 1) }
        }
        return nil
    }

    /// The next row; nil after the last of the last segment.
    private func step(selecting columns: String, _ db: Database) throws -> OpaquePointer? {
        while segment < query.segmentCount {
            let statement =
                try statement
                ?? query.statement(segment, selecting: columns, limit: query.plan.limit + 1 - given, db)
            self.statement = statement
            switch sqlite3_step(statement.sqliteStatement) {
            case SQLITE_ROW: return statement.sqliteStatement
            case SQLITE_DONE:
                close()
                segment += 1
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
        return nil
    }

    /// A statement that is left standing would hold the snapshot.
    func close() {
        if let statement { sqlite3_reset(statement.sqliteStatement) }
        statement = nil
    }

    /// The place after the row that the statement stands on.
    private func cursor(_ handle: OpaquePointer, id: Int32, _ firstSortColumn: Int32) -> PageCursor {
        let values = query.plan.sort.indices.map { term in
            sqlite3_column_text(handle, firstSortColumn + Int32(term)).map { String(cString: $0) }
        }
        return query.plan.cursor(values: values, id: sqlite3_column_text(handle, id).map { String(cString: $0) } ?? "")
    }
}
