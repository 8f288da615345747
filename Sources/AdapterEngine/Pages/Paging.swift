import Model

/// How pages follow each other.
struct Paging: Sendable, Equatable {
    var strategy: Manifest.Paginator.Strategy
    var firstPage = 1
    var emptyPage = Manifest.Paginator.EmptyPage.ends
    /// Whether an answer without the value that says there is more is the last, where no total says otherwise.
    var saysMore = false
    /// What the cursor is where there is no next page.
    var lastCursors: Set<String> = [""]

    /// Whether each page names the next.
    var isLed: Bool { [.cursor, .next, .link, .keyset].contains(strategy) }

    /// Whether a page is asked for by an address instead of by what the requester says.
    var isAddressed: Bool { [.next, .link].contains(strategy) }

    /// - Throws: `catalogue.adapter-invalid` for a way of paging that is not there, or that lacks its path.
    init(_ paginator: Manifest.Paginator, _ values: TemplateValues) throws(Fault) {
        strategy = try values.choice(paginator.strategy, of: "paging") ?? .none
        emptyPage = try values.choice(paginator.emptyPage, of: "meaning of an empty page") ?? .ends
        firstPage = paginator.firstPage.flatMap { values.text($0) }.flatMap { Int($0) } ?? 1
        lastCursors.formUnion(values.list(paginator.lastCursors))
        saysMore = paginator.more.flatMap { values.text($0) } != nil
        if strategy == .cursor, paginator.cursor.flatMap({ values.text($0) }) == nil {
            throw SourcePlan.misfit("paging by cursor needs the cursor's path", advice: "Give cursor_path.")
        }
        if strategy == .next, paginator.next.flatMap({ values.text($0) }) == nil {
            throw SourcePlan.misfit("paging by next address needs the address's path", advice: "Give next_path.")
        }
    }

    init(_ strategy: Manifest.Paginator.Strategy, firstPage: Int = 1, emptyPage: Manifest.Paginator.EmptyPage = .ends) {
        self.strategy = strategy
        self.firstPage = firstPage
        self.emptyPage = emptyPage
    }
}
