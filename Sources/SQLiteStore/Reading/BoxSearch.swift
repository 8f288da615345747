import Foundation
import GRDB
import Model
import Store

/// How the records that touch a box are found: by the tree of places, or by looking at each record's own box.
///
/// Maps ask for a district's few buildings and for the whole country alike. The tree finds few places fast, but it finds all
/// of them before the first is given, and they have to be put in order; in the order of the ids records are found one
/// after the other, and a page is full soon where most of them fit. So the tree is asked first whether they are many.
struct BoxSearch {
    private let box: BoundingBox
    private let table: GenerationTable

    init(_ box: BoundingBox, in table: GenerationTable) {
        self.box = box
        self.table = table
    }

    /// The condition for the rows of the table `t`.
    ///
    /// - Parameters:
    ///   - limit: records of the page.
    ///   - count: records of the collection.
    func condition(limit: Int, count: Int64, _ db: Database) throws -> PageQuery.Condition {
        // Of n records that fit, the tree reads n; in order of ids `limit * count / n` are looked at until the page is full.
        let many = max(1_000, Int((Double(limit) * Double(count)).squareRoot()))
        let own = """
            t._west IS NULL OR (t._east >= ? \(across) t._west <= ?) AND t._north >= ? AND t._south <= ?
            """
        guard try find(atMost: many, db) < many else { return PageQuery.Condition(sql: own, arguments: corners) }
        // The tree keeps single floats, rounded outwards: the row's own box decides. A plus keeps the index of ids out.
        return PageQuery.Condition(
            sql: """
                t._revision IN (SELECT _revision FROM \(table.places) WHERE \(touching)
                    UNION ALL SELECT _revision FROM \(table.current) WHERE _west IS NULL)
                AND (\(own))
                """, arguments: corners + corners)
    }

    /// How many places the tree finds, as far as it matters.
    private func find(atMost limit: Int, _ db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: "SELECT count(*) FROM (SELECT 1 FROM \(table.places) WHERE \(touching) LIMIT ?)")
        let arguments = StatementArguments(corners + [limit.databaseValue])
        return try Int.fetchOne(statement, arguments: arguments) ?? 0
    }

    private var touching: String { "(east >= ? \(across) west <= ?) AND north >= ? AND south <= ?" }
    /// A box over the antimeridian reaches east of its west or west of its east.
    private var across: String { box.west > box.east ? "OR" : "AND" }
    private var corners: [DatabaseValue] { [box.west, box.east, box.south, box.north].map(\.databaseValue) }
}
