import Model
import Parsing
import Transport

/// How far a reading has come: the page it is on, and the records that were met.
struct Course {
    let plan: PagePlan
    var walk: PageWalk
    var harvest: Harvest
    var summary = ReadingSummary()
    private let since: String?
    /// Whether "not modified" would be an answer to all of it.
    private var isFresh: Bool

    init(_ plan: PagePlan, from position: Position) throws(Fault) {
        self.plan = plan
        walk = try PageWalk(plan.paging, from: position)
        harvest = Harvest(columns: plan.answer.specification.columns.count, from: position)
        since = position.since
        isFresh = position.page == 1 && position.record == 0
    }

    /// The address asked, without its query, which may hold secrets.
    var place: String { plan.requests.system.base }

    /// Whether the number of all records has to be asked for first.
    var asksForTotal: Bool { plan.requests.asksForTotal && isFresh }

    /// What asks for the page at hand once somebody proves who asks. It holds none of the records: while they grow, a
    /// second holder would have all of them copied.
    var request: (Proof) -> Request {
        let (requests, paging, page) = (plan.requests, plan.paging, walk.page)
        let isFirst = isFresh && harvest.met == 0
        return { requests.request(page, paging, isFresh: isFirst, proof: $0) }
    }

    /// Whether the answer has a body to read; false for "not modified".
    mutating func accept(_ head: ResponseHead) throws(Fault) -> Bool {
        switch head.status {
        case 304 where isFresh && plan.requests.hasValidators:
            summary.notModified = true
            summary.etag = plan.requests.etag
            summary.lastModified = plan.requests.lastModified
            return false
        case 204, 205, 304:
            throw Fault(
                .sourceUnexpected, "the answer has status \(head.status) and no records",
                advice: "Ask the department for an answer that says so when there are none.")
        default:
            if plan.isConditional {
                summary.etag = head.headers["etag"]
                summary.lastModified = head.headers["last-modified"]
            }
            return true
        }
    }

    /// What the page turned out to be.
    ///
    /// - Throws: `source.said-no`, `source.unexpected`, and `source.redirect` for a next page elsewhere.
    func judge(_ values: DocumentValues, _ head: ResponseHead) throws(Verdict.Refusal) -> PageWalk.Outcome {
        let outcome = try Verdict(
            plan: plan.answer, values: values, records: harvest.parsed,
            promised: plan.requests.asksForTotal ? walk.promised : nil
        ).outcome()
        do {
            return PageWalk.Outcome(
                records: outcome.records, total: plan.requests.asksForTotal ? nil : outcome.total,
                next: try next(outcome, head), hasMore: outcome.hasMore,
                likeness: harvest.likeness.value(records: harvest.parsed))
        } catch {
            throw Verdict.Refusal(fault: error)
        }
    }

    /// The next page's cursor, or its whole address.
    private func next(_ outcome: Verdict.Outcome, _ head: ResponseHead) throws(Fault) -> String? {
        let reference: String?
        switch plan.paging.strategy {
        case .none, .page, .offset: return nil
        case .cursor: return outcome.cursor
        case .next: reference = outcome.next
        case .link: reference = LinkHeader(head.headers.values("link")).target("next")
        }
        // An empty page ends the walk, whatever address it names.
        guard let reference, outcome.records > 0 || plan.paging.emptyPage == .goesOn else { return nil }
        let address = try NextAddress(system: plan.requests.system).resolve(reference, at: head.url)
        // A source may write our key into the address. It is kept with the run, and the key is put in again when it is asked.
        return RequestAddress(address).without(plan.requests.authenticator.queryNames).text
    }

    /// Goes on to the next page; false where this was the last.
    mutating func turn(_ outcome: PageWalk.Outcome) throws(Fault) -> Bool {
        guard try walk.advance(outcome) else { return false }
        isFresh = false
        harvest.startNextPage()
        return true
    }

    /// Hands over what there is, with the position of the next record.
    mutating func hand(over emit: SourceReading.Emit) async throws(Fault) {
        let position = Position(
            page: walk.page.ordinal, record: harvest.met, token: walk.token, promised: walk.promised, since: since)
        try await harvest.hand(over: emit, at: position, counting: &summary)
    }
}
