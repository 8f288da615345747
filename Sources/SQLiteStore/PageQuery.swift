import Filter
import GRDB
import GRDBSQLite
import Model
import Store

/// The SQL of one page: by its order, from where the page before ended.
struct PageQuery {
    private let plan: QueryPlan
    private let table: GenerationTable
    private let conditions: [String]
    private var arguments: [DatabaseValue] = []

    init(_ plan: QueryPlan, over table: GenerationTable, today: String) throws(Fault) {
        self.plan = plan
        self.table = table
        var arguments: [DatabaseValue] = []
        var conditions: [String] = []
        if let filter = plan.filter {
            let sql = FilterSQL(plan.collection, table: table, alias: "t", today: today)
            conditions.append(try sql.bound(filter, &arguments))
        }
        if let box = plan.box { conditions.append(PageQuery.within(box, table, &arguments)) }
        if let cursor = plan.after { conditions.append(PageQuery.after(cursor, plan, table, &arguments)) }
        self.conditions = conditions
        self.arguments = arguments
    }

    // MARK: - SQL

    private static func within(
        _ box: BoundingBox, _ table: GenerationTable, _ arguments: inout [DatabaseValue]
    ) -> String {
        let across = box.west > box.east ? "OR" : "AND"
        let corners = [box.west, box.east, box.south, box.north].map(\.databaseValue)
        // The tree keeps single floats, rounded outwards: the row's own box decides.
        arguments += corners + corners
        return """
            t._revision IN (SELECT _revision FROM \(table.places)
                WHERE (east >= ? \(across) west <= ?) AND north >= ? AND south <= ?
                UNION ALL SELECT _revision FROM \(table.current) WHERE _west IS NULL)
            AND (t._west IS NULL OR (t._east >= ? \(across) t._west <= ?) AND t._north >= ? AND t._south <= ?)
            """
    }

    private static func column(_ term: SortTerm, _ table: GenerationTable) -> String {
        table.isIdentified(by: term.field) ? "t._id" : "t.\(GenerationTable.quoted(term.field))"
    }

    /// What comes after the last record of the page before: nulls come first, so last in a descending order.
    private static func after(
        _ cursor: PageCursor, _ plan: QueryPlan, _ table: GenerationTable, _ arguments: inout [DatabaseValue]
    ) -> String {
        var alternatives: [String] = []
        var equal: [String] = []
        var equalArguments: [DatabaseValue] = []
        for (term, value) in zip(plan.sort, cursor.values) {
            let name = column(term, table)
            let bound = value.map { FilterSQL.sortValue($0, term.field, plan.collection) } ?? .null
            switch (value, term.isDescending) {
            case (nil, false): alternatives.append((equal + ["\(name) IS NOT NULL"]).joined(separator: " AND "))
            case (nil, true): break
            case (_, false): alternatives.append((equal + ["\(name) > ?"]).joined(separator: " AND "))
            case (_, true):
                alternatives.append((equal + ["(\(name) < ? OR \(name) IS NULL)"]).joined(separator: " AND "))
            }
            if !(value == nil) {
                arguments += equalArguments + [bound]
            } else if !term.isDescending {
                arguments += equalArguments
            }
            equal.append("\(name) IS ?")
            equalArguments.append(bound)
        }
        let sign = plan.sort.last?.isDescending == true ? "<" : ">"
        alternatives.append((equal + ["t._id \(sign) ?"]).joined(separator: " AND "))
        arguments += equalArguments + [cursor.id.databaseValue]
        return bounded(alternatives, cursor, plan, table, &arguments)
    }

    /// A bound on the first term alone lets the index start where the page does.
    private static func bounded(
        _ alternatives: [String], _ cursor: PageCursor, _ plan: QueryPlan, _ table: GenerationTable,
        _ arguments: inout [DatabaseValue]
    ) -> String {
        let whole = "(\(alternatives.map { "(\($0))" }.joined(separator: " OR ")))"
        guard let term = plan.sort.first, !term.isDescending, case let value?? = cursor.values.first else {
            return whole
        }
        arguments.append(FilterSQL.sortValue(value, term.field, plan.collection))
        return "\(whole) AND \(column(term, table)) >= ?"
    }

    private var sql: String {
        let fields = plan.columns.map { "t." + GenerationTable.quoted(plan.collection.fields[$0].name) }
        let sorted = plan.sort.map { PageQuery.column($0, table) }
        let envelope = RowReader.envelopeColumns.split(separator: ", ").map { "t.\($0)" }
        let condition = conditions.isEmpty ? "" : "WHERE " + conditions.map { "(\($0))" }.joined(separator: " AND ")
        var order = plan.sort.map { PageQuery.column($0, table) + ($0.isDescending ? " DESC" : "") }
        order.append(plan.sort.last?.isDescending == true ? "t._id DESC" : "t._id")
        return """
            SELECT \((envelope + fields + sorted).joined(separator: ", ")) FROM \(table.current) t \(condition)
            ORDER BY \(order.joined(separator: ", ")) LIMIT ?
            """
    }

    // MARK: - Running it

    /// The page, and whether another follows.
    func page(_ db: Database) throws -> (page: RecordPage, last: PageEnd?) {
        let reader = RowReader(plan.collection, columns: plan.columns, disclosure: plan.disclosure)
        var page = reader.emptyPage()
        let statement = try db.cachedStatement(sql: sql)
        try statement.setArguments(StatementArguments(arguments + [(plan.limit + 1).databaseValue]))
        var times = try PublicationTimes(db)
        var end: PageEnd?
        let handle = statement.sqliteStatement
        defer { sqlite3_reset(handle) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW:
                // The row too many only tells that there is a next page.
                if page.batch.count == plan.limit { return (page, end) }
                try reader.append(handle, to: &page, times: &times)
                if page.batch.count == plan.limit { end = pageEnd(handle) }
            case SQLITE_DONE: return (page, nil)
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
    }

    /// The sort values and id of a page's last record.
    struct PageEnd {
        var values: [String?]
        var id: String
    }

    private func pageEnd(_ handle: OpaquePointer) -> PageEnd {
        let first = RowReader.envelopeCount + Int32(plan.columns.count)
        let values = plan.sort.indices.map { term in
            sqlite3_column_text(handle, first + Int32(term)).map { String(cString: $0) }
        }
        return PageEnd(values: values, id: sqlite3_column_text(handle, 0).map { String(cString: $0) } ?? "")
    }
}
