import Model

/// From page to page: what the next request asks for, and when there is none.
///
/// A walk ends
/// - without paging: after the one page;
/// - at an empty page, unless the adapter says that it goes on;
/// - by page number or offset: where the answer says whether there is more, once it says no, or says nothing and promised
///   no total; else with a promised total,
///   once as many records were met; without one, at a page shorter than the fullest before it (the first page has none
///   before it: a source may give fewer records a page than it is asked for, so another page is asked for once);
/// - by cursor, next address or `Link` header: at an answer that names none or says that there is no more, at a cursor that
///   means the end, or at an empty page that names itself;
/// - by the last record's key: at an empty page, where the answer says that there is no more, or once the total is met.
///
/// A source that leads in circles is `source.endless`: a cursor or address that came before, a numbered page equal to the page
/// before it, more than three pages in a row that are empty and name another, or that were read before, or 100,000 pages.
public struct PageWalk: Sendable, Equatable {
    /// What one request asks for.
    public struct Page: Sendable, Equatable {
        /// Counted from 1 in the order of asking.
        public var ordinal: Int
        /// Records on the pages before.
        public var before: Int
        /// The page's number, cursor or address, where the source wants one.
        public var mark: String?
    }

    /// What a page turned out to hold.
    struct Outcome: Sendable {
        var records: Int
        var total: Int?
        /// The next page's cursor or address.
        var next: String?
        /// Whether the source says that there is more; nil where it says nothing.
        var hasMore: Bool?
        /// Equal for pages of the same content.
        var likeness: Int = 0
    }

    static let pagesAtMost = 100_000
    static let emptyPagesAtMost = 3
    static let repeatedPagesAtMost = 3

    let paging: Paging
    /// The page to be asked for next.
    public private(set) var page: Page
    /// The greatest number of records that the source promised: a total that shrinks while pages are read tells of records
    /// that went away, and of others that moved to a page already read.
    public private(set) var promised: Int?
    /// The number that it promised last, which says where its pages end.
    private var total: Int?
    private var fullest = 0
    private var emptyInRow = 0
    private var repeatedInRow = 0
    private var seen: Set<String> = []
    /// Of the pages read, and of the last of them.
    private var likenesses: Set<Int> = []
    private var likeness: Int?

    /// A walk that begins at the first page, or where a run was interrupted.
    ///
    /// - Parameter start: the cursor or address of the first page, where it is not the source's own first.
    /// - Throws: `run.wrong-state` where the position was written for another way of paging.
    init(_ paging: Paging, from position: Position = Position(), resuming start: String? = nil) throws(Fault) {
        self.paging = paging
        let strategy = paging.strategy
        promised = position.promised
        total = position.promised
        page = Page(ordinal: position.page, before: 0, mark: strategy == .page ? String(paging.firstPage) : start)
        guard let token = position.token else {
            if position.page > 1 { throw Self.lost(position) }
            return
        }
        let parts = token.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let before = Int(parts[0]), strategy != .none else { throw Self.lost(position) }
        page.before = before
        page.mark = strategy == .offset ? nil : String(parts[1])
        if let mark = page.mark { seen.insert(mark) }
        if strategy == .page, Int(parts[1]) == nil { throw Self.lost(position) }
    }

    /// What a position keeps to ask for the page again: the records before it and its number, cursor or address.
    var token: String? { page.ordinal == 1 ? nil : "\(page.before)@\(page.mark ?? "")" }

    /// Takes note of the total that a request of its own was answered with.
    mutating func promise(_ total: Int?) {
        guard let total else { return }
        self.total = total
        promised = max(total, promised ?? 0)
    }

    /// Takes note of the page, and goes on to the next.
    ///
    /// - Returns: whether there is a next page.
    /// - Throws: `source.endless`.
    mutating func advance(_ outcome: Outcome) throws(Fault) -> Bool {
        promise(outcome.total)
        if outcome.records == 0, paging.emptyPage == .ends { return false }
        let goesOn: Bool
        let mark: String?
        switch paging.strategy {
        case .none: return false
        case .cursor, .next, .link:
            mark = outcome.next.flatMap { paging.lastCursors.contains($0) ? nil : $0 }
            goesOn = mark != nil && outcome.hasMore != false && !(outcome.records == 0 && mark == page.mark)
        case .keyset:
            mark = outcome.next
            goesOn = mark != nil && outcome.hasMore != false && !hasMet(page.before + outcome.records)
        case .page, .offset:
            goesOn = try continues(outcome)
            mark = paging.strategy == .page ? page.mark.flatMap { Int($0) }.map { String($0 + 1) } : nil
        }
        guard goesOn else { return false }
        try check(outcome, next: mark)
        page = Page(ordinal: page.ordinal + 1, before: page.before + outcome.records, mark: mark)
        return true
    }

    private mutating func continues(_ outcome: Outcome) throws(Fault) -> Bool {
        if outcome.records == 0, outcome.hasMore != true { return false }
        if outcome.records > 0, outcome.likeness == likeness, outcome.likeness != 0 {
            throw endless(
                "page \(page.ordinal) holds the same records as the page before it",
                advice:
                    "Check the names of the paging parameters (page_parameter, offset_parameter), give total_path, or "
                    + "say paging: none.")
        }
        likeness = outcome.likeness
        defer { fullest = max(fullest, outcome.records) }
        if let hasMore = outcome.hasMore { return hasMore }
        if total != nil { return !hasMet(page.before + outcome.records) }
        if paging.saysMore { return false }
        return outcome.records >= fullest
    }

    /// Whether as many records were met as the source promised last.
    private func hasMet(_ records: Int) -> Bool { total.map { records >= $0 } ?? false }

    private mutating func check(_ outcome: Outcome, next mark: String?) throws(Fault) {
        emptyInRow = outcome.records == 0 ? emptyInRow + 1 : 0
        if emptyInRow > Self.emptyPagesAtMost {
            throw endless(
                "\(emptyInRow) empty pages in a row name another page",
                advice: "Ask the department why its pages are empty, or say empty_page: ends.")
        }
        try checkRepetition(outcome)
        if paging.isLed, let mark, !seen.insert(mark).inserted {
            throw endless(
                "page \(page.ordinal) names a next page that was asked for before",
                advice:
                    "Check where the cursor or address is taken from; if that is right, the department's paging leads "
                    + "in circles.")
        }
        if page.ordinal >= Self.pagesAtMost {
            throw endless(
                "there are more than \(Self.pagesAtMost) pages", advice: "Ask for larger pages with page_size.")
        }
    }

    /// A source may forget where it is, and give the same pages under ever new cursors.
    private mutating func checkRepetition(_ outcome: Outcome) throws(Fault) {
        guard outcome.records > 0, outcome.likeness != 0 else { return }
        repeatedInRow = likenesses.insert(outcome.likeness).inserted ? 0 : repeatedInRow + 1
        guard repeatedInRow > Self.repeatedPagesAtMost else { return }
        throw endless(
            "\(repeatedInRow) pages in a row hold records that were read before",
            advice:
                "Check where the cursor or address is taken from, and how it is sent; if that is right, tell the department."
        )
    }

    private func endless(_ message: String, advice: String) -> Fault {
        Fault(.sourceEndless, message, advice: advice, context: ["page": String(page.ordinal)])
    }

    private static func lost(_ position: Position) -> Fault {
        Fault(
            .runState, "the position of page \(position.page) was written for another way of paging",
            advice: "Cancel the run and start another.", context: ["page": String(position.page)])
    }
}
