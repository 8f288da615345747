import Testing

@testable import Catalog

@Suite("Comma-separated values are read as RFC 4180 says")
struct CommaSeparatedTests {
    private func texts(_ text: String) -> [[String]] { CommaSeparated(text).rows.map { $0.map(\.text) } }

    @Test("Quotes hold commas, line ends and quotes")
    func quotes() {
        #expect(texts("a,\"b, \"\"c\"\"\nd\"\r\n\"\",e\n") == [["a", "b, \"c\"\nd"], ["", "e"]])
    }

    @Test("Comments come before the first row only; blank lines are no rows")
    func comments() {
        #expect(texts("# x\n\na,b\n\n#,c") == [["a", "b"], ["#", "c"]])
    }

    @Test("A quote that does not end is told where it begins")
    func unended() {
        let table = CommaSeparated("a\nb,\"c\nd")
        #expect(table.unended == Place(line: 2, column: 3))
        #expect(table.rows.count == 2)
    }
}
