import Filter
import GRDB
import Model
import Store

/// The SQL of one page: by its order, from where the page before ended.
///
/// What follows a cursor is asked for in segments, one statement each: the records that are like the last one in all sort
/// terms and have a greater id, then those like it in all but the last term and beyond it in that, and so on. Each is a
/// stretch of the index, and together they follow one another in the order of the page. As one condition with `OR` they
/// would be a scan from the first record that has the cursor's first value.
struct PageQuery {
    /// A condition with its operands.
    struct Condition {
        var sql: String
        var arguments: [DatabaseValue] = []
    }

    let plan: QueryPlan
    let table: GenerationTable
    /// What every record of the page fulfils.
    private let common: [Condition]
    /// What the records of one segment fulfil beside that; the first page has one without conditions.
    private let segments: [[Condition]]

    /// - Parameter count: records of the collection, about.
    init(_ plan: QueryPlan, over table: GenerationTable, count: Int64, today: String, _ db: Database) throws {
        self.plan = plan
        self.table = table
        var common: [Condition] = []
        if let filter = plan.filter {
            let sql = FilterSQL(plan.collection, table: table, alias: "t", today: today)
            var condition = Condition(sql: "")
            condition.sql = try sql.bound(filter, &condition.arguments)
            common.append(condition)
        }
        if let box = plan.box {
            common.append(try BoxSearch(box, in: table).condition(limit: plan.limit, count: count, db))
        }
        self.common = common
        segments = plan.after.map { PageQuery.segments(after: $0, plan, table) } ?? [[]]
    }

    var segmentCount: Int { segments.count }

    /// The statement for a segment, all of it bound.
    ///
    /// - Parameter selected: the columns before those of the sort terms.
    func statement(_ segment: Int, selecting selected: String, limit: Int, _ db: Database) throws -> Statement {
        let sorted = plan.sort.map { PageQuery.column($0, table) }
        let conditions = common + segments[segment]
        let condition =
            conditions.isEmpty ? "" : "WHERE " + conditions.map { "(\($0.sql))" }.joined(separator: " AND ")
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(([selected] + sorted).joined(separator: ", ")) FROM \(table.current) t \(condition)
                ORDER BY \(order) LIMIT ?
                """)
        let arguments = conditions.flatMap(\.arguments) + [limit.databaseValue]
        try statement.setArguments(StatementArguments(arguments))
        return statement
    }

    private var order: String {
        let terms = PageQuery.deciding(plan, table).map {
            PageQuery.column($0, table) + ($0.isDescending ? " DESC" : "")
        }
        return (terms + ["t._id" + (PageQuery.isDescendingByID(plan) ? " DESC" : "")]).joined(separator: ", ")
    }

    // MARK: - Order

    private static func column(_ term: SortTerm, _ table: GenerationTable) -> String {
        table.isIdentified(by: term.field) ? "t._id" : "t.\(GenerationTable.quoted(term.field))"
    }

    /// The terms that decide: what comes after one that no two records share says nothing.
    private static func deciding(_ plan: QueryPlan, _ table: GenerationTable) -> ArraySlice<SortTerm> {
        let last = plan.sort.firstIndex { table.isIdentified(by: $0.field) } ?? plan.sort.endIndex
        return plan.sort[..<min(last + 1, plan.sort.endIndex)]
    }

    private static func isDescendingByID(_ plan: QueryPlan) -> Bool { plan.sort.last?.isDescending == true }

    private static func segments(
        after cursor: PageCursor, _ plan: QueryPlan, _ table: GenerationTable
    ) -> [[Condition]] {
        let terms = zip(deciding(plan, table), cursor.values).map { term, value in
            let bound = value.map { FilterSQL.sortValue($0, term.field, plan.collection) }
            return (column: column(term, table), value: bound, isDescending: term.isDescending)
        }
        let like = terms.map { Condition(sql: "\($0.column) IS ?", arguments: [$0.value ?? .null]) }
        var segments: [[Condition]] = []
        if !terms.contains(where: { $0.column == "t._id" }) {
            let sign = isDescendingByID(plan) ? "<" : ">"
            segments.append(like + [Condition(sql: "t._id \(sign) ?", arguments: [cursor.id.databaseValue])])
        }
        for (index, term) in terms.enumerated().reversed() {
            for beyond in beyond(term.column, term.value, isDescending: term.isDescending) {
                segments.append(like[..<index] + [beyond])
            }
        }
        return segments
    }

    /// What comes after a value: nulls come first, so last in a descending order.
    private static func beyond(_ column: String, _ value: DatabaseValue?, isDescending: Bool) -> [Condition] {
        switch (value, isDescending) {
        case (nil, false): [Condition(sql: "\(column) IS NOT NULL")]
        case (nil, true): []
        case (let value?, false): [Condition(sql: "\(column) > ?", arguments: [value])]
        case (let value?, true):
            [Condition(sql: "\(column) < ?", arguments: [value]), Condition(sql: "\(column) IS NULL")]
        }
    }
}
