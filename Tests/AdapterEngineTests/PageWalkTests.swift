import Model
import Testing

@testable import AdapterEngine

@Suite("From page to page")
struct PageWalkTests {
    /// Walks over pages of so many records, and gives the marks that were asked for.
    private func walk(
        _ strategy: Manifest.Paginator.Strategy, firstPage: Int = 1,
        emptyPage: Manifest.Paginator.EmptyPage = .ends, _ pages: [(records: Int, total: Int?, cursor: String?)]
    ) throws -> [String] {
        var walk = try PageWalk(Paging(strategy, firstPage: firstPage, emptyPage: emptyPage))
        var asked: [String] = []
        for (index, page) in pages.enumerated() {
            asked.append(walk.page.mark ?? String(walk.page.before))
            let outcome = PageWalk.Outcome(
                records: page.records, total: page.total, next: page.cursor, likeness: index + 1)
            guard try walk.advance(outcome) else { return asked }
        }
        return asked + ["more"]
    }

    @Test("one page is all where there is no paging")
    func nonePaging() throws {
        #expect(try walk(.none, [(5, 100, "x")]) == ["0"])
    }

    @Test("numbered pages end where the promised total is met")
    func total() throws {
        #expect(try walk(.page, [(2, 5, nil), (2, 5, nil), (1, 5, nil)]) == ["1", "2", "3"])
        #expect(try walk(.page, [(2, 4, nil), (2, 4, nil)]) == ["1", "2"])
    }

    @Test("numbered pages begin where the entry says")
    func firstPage() throws {
        #expect(try walk(.page, firstPage: 0, [(2, 3, nil), (1, 3, nil)]) == ["0", "1"])
    }

    @Test("a short page does not end a walk that was promised more")
    func shortPageWithTotal() throws {
        #expect(try walk(.page, [(2, 5, nil), (1, 5, nil), (2, 5, nil)]) == ["1", "2", "3"])
    }

    @Test("without total a page shorter than the fullest is the last")
    func shortPage() throws {
        #expect(try walk(.page, [(100, nil, nil), (100, nil, nil), (40, nil, nil)]) == ["1", "2", "3"])
    }

    @Test("a source that gives fewer records a page than asked for is read to its end")
    func cappedPages() throws {
        #expect(try walk(.page, [(100, nil, nil), (100, nil, nil), (0, nil, nil)]) == ["1", "2", "3"])
    }

    @Test("a cursor that means the end ends the walk, and only where the entry says so")
    func lastCursor() throws {
        var paging = Paging(.cursor)
        func ends() throws -> Bool {
            var walk = try PageWalk(paging)
            return try !walk.advance(PageWalk.Outcome(records: 2, total: 9, next: "0"))
        }
        #expect(try !ends())
        paging.lastCursors.insert("0")
        #expect(try ends())
    }

    @Test("an empty page is the last, whatever was promised")
    func emptyPage() throws {
        #expect(try walk(.page, [(2, 10, nil), (0, 10, nil)]) == ["1", "2"])
        #expect(try walk(.offset, [(0, nil, nil)]) == ["0"])
    }

    @Test("an offset counts the records that came, not those asked for")
    func offset() throws {
        #expect(try walk(.offset, [(100, 250, nil), (100, 250, nil), (50, 250, nil)]) == ["0", "100", "200"])
    }

    @Test("cursors lead on until an answer has none")
    func cursor() throws {
        #expect(try walk(.cursor, [(2, nil, "a"), (2, nil, "b"), (1, nil, nil)]) == ["0", "a", "b"])
        #expect(try walk(.cursor, [(2, nil, "a"), (2, nil, "")]) == ["0", "a"])
        #expect(try walk(.cursor, emptyPage: .goesOn, [(2, nil, "a"), (0, nil, "a")]) == ["0", "a"])
        let empty: [(Int, Int?, String?)] = [(2, nil, "a"), (0, nil, "b"), (1, nil, nil)]
        #expect(try walk(.cursor, emptyPage: .goesOn, empty) == ["0", "a", "b"])
        #expect(try walk(.cursor, empty) == ["0", "a"])
        #expect(try walk(.next, empty) == ["0", "a"])
    }

    @Test("a cursor counts for nothing where the source says that there is no more")
    func noMore() throws {
        var walk = try PageWalk(Paging(.cursor))
        #expect(try walk.advance(PageWalk.Outcome(records: 2, next: "a", hasMore: true)))
        #expect(try !walk.advance(PageWalk.Outcome(records: 2, next: "b", hasMore: false)))
    }

    @Test("a source that says whether there is more is believed, until it says no")
    func more() throws {
        var paging = Paging(.offset)
        paging.saysMore = true
        var walk = try PageWalk(paging)
        #expect(try walk.advance(PageWalk.Outcome(records: 2, total: 5, hasMore: true, likeness: 1)))
        #expect(walk.page.before == 2)
        #expect(try walk.advance(PageWalk.Outcome(records: 1, hasMore: true, likeness: 2)))
        #expect(try !walk.advance(PageWalk.Outcome(records: 2, hasMore: nil, likeness: 3)))
        #expect(walk.promised == 5)
    }

    @Test("a source that stops saying whether there is more is asked until the promised total is met")
    func moreUnsaid() throws {
        var paging = Paging(.offset)
        paging.saysMore = true
        var walk = try PageWalk(paging)
        walk.promise(4)
        #expect(try walk.advance(PageWalk.Outcome(records: 2, likeness: 1)))
        #expect(try walk.advance(PageWalk.Outcome(records: 1, likeness: 2)))
        #expect(try !walk.advance(PageWalk.Outcome(records: 1, likeness: 3)))
        var unpromised = try PageWalk(paging)
        #expect(try !unpromised.advance(PageWalk.Outcome(records: 2, likeness: 1)))
    }

    @Test(
        "a source that leads in circles is refused",
        arguments: [["a", "a"], ["a", "b", "a"], ["a", "b", "c", "b"]])
    func circles(cursors: [String]) {
        let fault = #expect(throws: Fault.self) {
            _ = try walk(.cursor, cursors.map { (2, nil, $0) })
        }
        #expect(fault?.code == .sourceEndless)
    }

    @Test("empty pages that go on promising are refused")
    func emptyPages() {
        let fault = #expect(throws: Fault.self) {
            _ = try walk(.cursor, emptyPage: .goesOn, (0..<6).map { (0, nil, "c\($0)") })
        }
        #expect(fault?.code == .sourceEndless)
    }

    @Test("a numbered page like the page before it is refused: the source ignores the number")
    func samePage() throws {
        var walk = try PageWalk(Paging(.page))
        _ = try walk.advance(PageWalk.Outcome(records: 3, likeness: 7))
        let fault = #expect(throws: Fault.self) { _ = try walk.advance(PageWalk.Outcome(records: 3, likeness: 7)) }
        #expect(fault?.code == .sourceEndless)
        #expect(fault?.message.contains("page 2") == true)
    }

    @Test("pages that were read before, under ever new cursors, are refused after the fourth in a row")
    func samePagesUnderNewCursors() throws {
        for period in [1, 2, 5] {
            var walk = try PageWalk(Paging(.cursor))
            var pages = 0
            let fault = #expect(throws: Fault.self) {
                while pages < 50 {
                    pages += 1
                    let outcome = PageWalk.Outcome(records: 2, next: "c\(pages)", likeness: pages % period + 1)
                    _ = try walk.advance(outcome)
                }
            }
            #expect(fault?.code == .sourceEndless && pages == period + 4)
        }
    }

    @Test("a source that gives ever new pages is refused after a hundred thousand")
    func newPagesForEver() throws {
        var walk = try PageWalk(Paging(.next))
        let fault = #expect(throws: Fault.self) {
            for page in 1... { _ = try walk.advance(PageWalk.Outcome(records: 1, next: "\(page)", likeness: page)) }
        }
        #expect(fault?.code == .sourceEndless && walk.page.ordinal == PageWalk.pagesAtMost)
    }

    @Test("a total that shrinks is still promised, and the pages end where it says now")
    func shrinkingTotal() throws {
        var walk = try PageWalk(Paging(.page))
        #expect(try walk.advance(PageWalk.Outcome(records: 2, total: 6, likeness: 1)))
        #expect(try !walk.advance(PageWalk.Outcome(records: 2, total: 4, likeness: 2)))
        #expect(walk.promised == 6)
        var growing = try PageWalk(Paging(.page))
        #expect(try growing.advance(PageWalk.Outcome(records: 2, total: 3, likeness: 1)))
        #expect(try growing.advance(PageWalk.Outcome(records: 2, total: 5, likeness: 2)))
        #expect(growing.promised == 5)
    }

    @Test("a walk resumes at the page it was on, knowing what came before")
    func resume() throws {
        var walk = try PageWalk(Paging(.page, firstPage: 0))
        _ = try walk.advance(PageWalk.Outcome(records: 2, total: 5, likeness: 1))
        let position = Position(page: 2, record: 1, token: walk.token, promised: walk.promised)
        var resumed = try PageWalk(Paging(.page, firstPage: 0), from: position)
        #expect(resumed.page == walk.page)
        #expect(try resumed.advance(PageWalk.Outcome(records: 2, total: nil, likeness: 2)))
        #expect(try !resumed.advance(PageWalk.Outcome(records: 1, total: nil, likeness: 3)))
    }

    @Test("a cursor survives the token as it is", arguments: ["a@b", "@", "中文=/+"])
    func cursorToken(cursor: String) throws {
        var walk = try PageWalk(Paging(.cursor))
        _ = try walk.advance(PageWalk.Outcome(records: 2, next: cursor))
        let resumed = try PageWalk(Paging(.cursor), from: Position(page: 2, token: walk.token))
        #expect(resumed.page == walk.page)
    }

    @Test("a position of another way of paging is refused")
    func wrongToken() {
        for (strategy, token) in [(Manifest.Paginator.Strategy.page, "2@x"), (.none, "2@3"), (.offset, "x")] {
            let fault = #expect(throws: Fault.self) {
                _ = try PageWalk(Paging(strategy), from: Position(page: 2, token: token))
            }
            #expect(fault?.code == .runState)
        }
    }
}
