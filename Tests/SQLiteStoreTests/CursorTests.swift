import Filter
import Model
import Store
import Testing

/// Cursors as they stand in links: whole after the way there and back, and of no use for anything else.
@Suite struct CursorTests {
    private static let collection = Collection(
        name: "firm", title: "firm", key: ["code"],
        fields: ["code", "name", "town"].map {
            CollectionField(name: $0, title: $0, type: .text, isIndexed: true)
        })

    private static func query(_ cursor: String?, filter: FilterExpression? = nil) -> RecordQuery {
        RecordQuery(
            filter: filter, sort: [SortTerm(field: "name"), SortTerm(field: "town", isDescending: true)], cursor: cursor
        )
    }

    private static func plan(_ query: RecordQuery) throws -> QueryPlan {
        try QueryPlan(query, over: collection, disclosure: .everybody)
    }

    @Test(
        arguments: [
            (["汇通", nil], "a-b_c~2F"), ([nil, nil], ""), (["", "\u{0}"], "x"),
            ([String(repeating: "长", count: 300), "?>"], "é"), ([String(repeating: "长", count: 20_000), nil], "z"),
        ] as [([String?], String)])
    func `a cursor is read as it was written`(values: [String?], id: String) throws {
        let cursor = try Self.plan(Self.query(nil)).cursor(values: values, id: id)
        let isSafe = cursor.text.utf8.allSatisfy { RecordID.isSafe($0) && $0 != UInt8(ascii: ".") }
        #expect(isSafe, "it needs no escapes in a link")
        let after = try #require(try Self.plan(Self.query(cursor.text)).after)
        #expect(after == cursor)
        #expect(after.values == values)
        #expect(after.id == id)
    }

    @Test func `a cursor of another query is refused`() throws {
        let cursor = try Self.plan(Self.query(nil)).cursor(values: ["a", "b"], id: "c").text
        let filters: [FilterExpression] = [
            .isNull(field: "name"), .compare(field: "name", .equal, .literal("x")),
            .and([.isNull(field: "name"), .isNull(field: "town")]),
            .or([.isNull(field: "name"), .isNull(field: "town")]),
        ]
        var cursors: Set<String> = [cursor]
        for filter in filters {
            #expect(throws: Fault.self) { try Self.plan(Self.query(cursor, filter: filter)) }
            cursors.insert(try Self.plan(Self.query(nil, filter: filter)).cursor(values: ["a", "b"], id: "c").text)
        }
        #expect(cursors.count == filters.count + 1)
    }

    @Test func `what is no cursor is refused, wherever it is cut`() throws {
        let cursor = try Self.plan(Self.query(nil)).cursor(values: ["名称", "城"], id: "").text
        for length in 0..<cursor.utf8.count - 1 {
            #expect(throws: Fault.self) { try Self.plan(Self.query(String(cursor.prefix(length)))) }
        }
        for other in ["%", "====", String(repeating: "A", count: 5_000), "é"] {
            #expect(throws: Fault.self) { try Self.plan(Self.query(other)) }
        }
    }
}
