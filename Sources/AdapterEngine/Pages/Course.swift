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
    /// When the reading began, as the source writes times.
    let now: String
    /// Whether "not modified" would be an answer to all of it.
    private var isFresh: Bool

    init(_ plan: PagePlan, from position: Position, at start: SourceTime) throws(Fault) {
        self.plan = plan
        now = plan.clock.text(start)
        walk = try PageWalk(plan.paging, from: position, resuming: plan.resume)
        harvest = Harvest(
            columns: plan.answer.specification.columns.count, from: position, keyColumn: plan.keyColumn)
        since = position.since
        isFresh = position.page == 1 && position.record == 0
    }

    /// The address asked, without its query, which may hold secrets.
    var place: String { plan.requests.system.base }

    /// Whether the number of all records has to be asked for first.
    var asksForTotal: Bool { plan.requests.asksForTotal && isFresh && plan.resume == nil }

    /// What asks for the page at hand once somebody proves who asks. It holds none of the records: while they grow, a
    /// second holder would have all of them copied.
    var request: (Proof) -> Request {
        let (requests, paging, page, now) = (plan.requests, plan.paging, walk.page, now)
        let isFirst = isFresh && harvest.met == 0
        return { requests.request(page, paging, isFresh: isFirst, now: now, proof: $0) }
    }

    /// Whether the answer has a body to read; false for "not modified".
    mutating func accept(_ head: ResponseHead) throws(Fault) -> Bool {
        switch head.status {
        case 304 where isFresh && plan.requests.hasValidators:
            summary.notModified = true
            summary.etag = plan.requests.etag
            summary.lastModified = plan.requests.lastModified
            return false
        case 202:
            throw Fault(
                .sourceBusy, "the source has taken the request and not answered it yet: status 202",
                advice: "Try again; if it stays, ask for less, or ask the department how its answers are fetched.",
                retryAfter: head.headers["retry-after"].flatMap { Double($0) })
        case 206:
            throw Fault(
                .sourceUnexpected, "the answer has status 206 and is a part that nobody asked for",
                advice: "Ask the department for whole answers.")
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
    mutating func judge(_ values: DocumentValues, _ head: ResponseHead) throws(Verdict.Refusal) -> PageWalk.Outcome {
        let outcome = try Verdict(
            plan: plan.answer, values: values, records: harvest.parsed,
            promised: plan.requests.asksForTotal ? walk.promised : nil
        ).outcome()
        do {
            if let resume = outcome.resume { summary.state = try kept(resume, head) }
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
        case .keyset: return try key(after: outcome.records)
        case .next: reference = outcome.next
        case .link: reference = LinkHeader(head.headers.values("link")).target("next")
        }
        // An empty page ends the walk, whatever address it names.
        guard let reference, outcome.records > 0 || plan.paging.emptyPage == .goesOn else { return nil }
        return try kept(reference, head)
    }

    private func key(after records: Int) throws(Fault) -> String? {
        guard records > 0 else { return nil }
        guard let key = harvest.lastKey, !key.isEmpty else {
            throw Fault(
                .sourceUnexpected, "the last record of the page has no key after which the next page could begin",
                advice: "Page by a field that every record has.")
        }
        return key
    }

    /// A cursor as it is, an address as a run or a publication may keep it.
    private func kept(_ reference: String, _ head: ResponseHead) throws(Fault) -> String {
        guard plan.paging.isAddressed else { return reference }
        let address = try NextAddress(system: plan.requests.system).resolve(reference, at: head.url)
        // A source may write our key into the address. It is kept with the run, and the key is put in again when it is asked.
        return RequestAddress(address).without(plan.requests.authenticator.queryNames).text
    }

    /// What to do where the source does not know any more what the last run ended with.
    func explained(_ fault: Fault) -> Fault {
        guard plan.resume != nil, walk.page.ordinal == 1,
            [.sourceNotFound, .sourceRefused, .sourceSaidNo].contains(fault.code)
        else {
            return fault
        }
        return Fault(
            fault.code, fault.message,
            advice: "If the source has forgotten what the last run ended with, ask for everything: sync --snapshot.",
            context: fault.context)
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
