/// The counter at which one listing is asked for, page by page, while it changes behind it.
actor Desk {
    struct Page: Sendable {
        let rows: [Row]
        let total: Int
    }

    private var holdings: Holdings
    /// What the asker of the first page sees to the end, so that a total promised on page one is met on the last.
    private var extract: [Row]
    /// Grows with every change; what an `ETag` is made of.
    private(set) var revision = 1

    init(_ holdings: Holdings) {
        self.holdings = holdings
        extract = holdings.rows
    }

    /// Records as they are now.
    var rows: [Row] { holdings.rows }

    /// - Parameter number: counted from 1; the first opens a new extract.
    func page(_ number: Int, of size: Int) -> Page {
        if number <= 1 { extract = holdings.rows }
        let start = (number - 1).multipliedReportingOverflow(by: size)
        guard !start.overflow, start.partialValue < extract.count else { return Page(rows: [], total: extract.count) }
        let end = min(start.partialValue + size, extract.count)
        return Page(rows: Array(extract[start.partialValue..<end]), total: extract.count)
    }

    func advance(to now: Int) {
        holdings.advance(to: now)
        revision += 1
    }
}
