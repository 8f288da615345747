import Model
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
                `code,title,title_en,valid_from,valid_to,successor`, and `,source` where codes have sources of their \
                own. [bad-code-list]
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

    @Test func aListSaysWhereItComesFromAndWhenItHolds() throws {
        var small = SmallCatalogue()
        small.replace(
            SmallCatalogue.list,
            with: """
                # title: 区划; standard: GB/T 2260-2007
                # source: 民政部 https://www.mca.gov.cn/; valid_from: 2008-02-01
                code,title,title_en,valid_from,valid_to,successor,source
                1,望城区,,2011-05-24,,,国函〔2011〕52号
                2,望城县,,,2011-05-23,1,

                """)
        let (catalogue, mistakes) = CatalogLoader().load(small.files)
        #expect(mistakes.isEmpty, "\(mistakes)")
        let list = try #require(catalogue.lists["status"])
        #expect(list.standard == "GB/T 2260-2007")
        #expect(list.source == "民政部 https://www.mca.gov.cn/")
        #expect(list.validFrom == "2008-02-01")
        #expect(list.validTo == nil)
        #expect(list.codes.map { list.source(of: $0) } == ["国函〔2011〕52号", "民政部 https://www.mca.gov.cn/"])
        #expect(list.codes[1].successor == "1")
    }

    @Test("bad-code-list: '2003-13-01' is no date")
    func datesOfTheList() {
        let mistakes = SmallCatalogue.mistakes("standard: none", "valid_from: 2003-13-01")
        #expect(
            mistakes == [
                """
                status.csv:1:28: `2003-13-01` is no date. Write year, month and day, for example `2011-05-24`. \
                [bad-code-list]
                """
            ])
        #expect(
            SmallCatalogue.mistakes("standard: none", "valid_from: 2003-12-01; valid_to: 2003-11-01") == [
                "status.csv:1:50: the list ends before it begins. Exchange the dates. [bad-code-list]"
            ])
    }

    @Test("bad-code-list: the successors of '1' lead in a circle")
    func circle() {
        let mistakes = SmallCatalogue.mistakes("1,存续,,,,", "1,存续,,,,2")
        #expect(
            mistakes == [
                """
                status.csv:3:9: the successors of `1` lead in a circle. Leave the successor of the code that is in use \
                empty. [bad-code-list]
                """,
                """
                status.csv:4:26: the successors of `2` lead in a circle. Leave the successor of the code that is in use \
                empty. [bad-code-list]
                """,
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
