import Filter
import Testing

@Suite("The condition of a count")
struct ConditionParserTests {
    @Test(
        "A conjunction of comparisons",
        arguments: [
            ("public_until >= today", FilterExpression.compare(field: "public_until", .greaterOrEqual, .today)),
            ("a = 'it''s'", .compare(field: "a", .equal, .literal("it's"))),
            ("a<>-1.5", .compare(field: "a", .notEqual, .literal("-1.5"))),
            ("ok = TRUE", .compare(field: "ok", .equal, .literal("true"))),
            ("a = 'today'", .compare(field: "a", .equal, .literal("today"))),
            ("a IS NULL", .isNull(field: "a")),
            (
                "a is not null and b < '2026-01-01' AND c > 3",
                .and([
                    .not(.isNull(field: "a")), .compare(field: "b", .less, .literal("2026-01-01")),
                    .compare(field: "c", .greater, .literal("3")),
                ])
            ),
        ])
    func parsed(text: String, expected: FilterExpression) throws {
        #expect(try ConditionParser.parse(text) == expected)
    }

    @Test(
        "What is none says why",
        arguments: [
            ("", "a comparison begins with the name of a field"),
            ("a", "after `a` comes an operator"),
            ("a >", "after `a >` comes a value"),
            ("a != 1", "`!=` is no operator"),
            ("a = b", "`b` is no value: a text stands in single quotes"),
            ("a = 'b", "a text in single quotes does not end"),
            ("a = 1 OR b = 2", "after a comparison comes `AND` or nothing, not `OR`"),
            ("a = 1 AND", "a comparison begins with the name of a field"),
            ("a IS 1", "after `IS` comes `NULL` or `NOT NULL`"),
            ("a = 1; DROP TABLE x", "`;` has no meaning here"),
        ])
    func refused(text: String, message: String) {
        do {
            _ = try ConditionParser.parse(text)
            Issue.record("\(text) was read")
        } catch {
            #expect(error.message == message)
        }
    }
}
