import Testing

@testable import Catalog

@Suite("Mistakes of a code list")
struct CodeListRuleTests {
    @Test("bad-code-list: code '2' is there already")
    func twice() {
        let mistakes = SmallCatalogue.mistakes("1,存续", "2,存续")
        #expect(
            mistakes == [
                """
                status.csv:4:1: code `2` is there already. Keep one row a code. [bad-code-list]
                """
            ])
    }

    @Test("bad-code-list: '2011-02-30' is no date")
    func dateAndSuccessor() {
        let mistakes = SmallCatalogue.mistakes("2011-05-23,1", "2011-02-30,9")
        #expect(
            mistakes == [
                """
                status.csv:4:15: `2011-02-30` is no date. Write year, month and day, for example `2011-05-24`. \
                [bad-code-list]
                """,
                """
                status.csv:4:26: the successor `9` of `2` is not another code of this list. Add it as a row of its \
                own, or leave the successor empty. [bad-code-list]
                """,
            ])
    }

    @Test("bad-code-list: the header is not that of a code list")
    func header() {
        let mistakes = SmallCatalogue.mistakes("valid_to,successor", "valid_to")
        #expect(
            mistakes == [
                """
                status.csv:2:1: the header is not that of a code list. Write \
                `code,title,title_en,valid_from,valid_to,successor`. [bad-code-list]
                """
            ])
    }

    @Test("bad-code-list: a code or its title is empty")
    func emptyTitle() {
        let mistakes = SmallCatalogue.mistakes("1,存续,,,,", "1,,,,,")
        #expect(
            mistakes == [
                """
                status.csv:3:3: a code or its title is empty. Write both. [bad-code-list]
                """,
                """
                status.csv:4:26: the successor `1` of `2` is not another code of this list. Add it as a row of its \
                own, or leave the successor empty. [bad-code-list]
                """,
            ])
    }

    @Test("bad-code-list: the list has no title")
    func noTitle() {
        let mistakes = SmallCatalogue.mistakes("# title", "# titel")
        #expect(
            mistakes == [
                """
                status.csv:1:1: the list has no title. Begin with a line like `# title: 性别; standard: GB/T 2261.1`. \
                [bad-code-list]
                """
            ])
    }

    @Test("bad-code-list: the row has 5 values")
    func shortRow() {
        let mistakes = SmallCatalogue.mistakes("存续,,,,", "存续,,,")
        #expect(
            mistakes == [
                """
                status.csv:3:1: the row has 5 values. Write 6, as the header has; quote a value with a comma. \
                [bad-code-list]
                """,
                """
                status.csv:4:26: the successor `1` of `2` is not another code of this list. Add it as a row of its \
                own, or leave the successor empty. [bad-code-list]
                """,
            ])
    }
}
