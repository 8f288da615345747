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
        walk = try plan.walk(from: position)
        harvest = Harvest(columns: plan.answer.columns.count, from: position)
        since = position.since
        isFresh = position.page == 1 && position.record == 0
    }

    /// The address asked, without its query, which may hold secrets.
    var place: String { plan.requests.system.base }

    func request(at now: SourceTime) -> Request {
        plan.requests.request(
            walk.page, strategy: plan.paging.strategy, isFresh: isFresh && harvest.met == 0, at: now)
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
    /// - Throws: `source.said-no` and `source.unexpected`.
    func judge(_ values: DocumentValues) throws(Fault) -> PageWalk.Outcome {
        let verdict = Verdict(plan: plan.answer, values: values, records: harvest.parsed)
        return try verdict.outcome(likeness: harvest.likeness.value(records: harvest.parsed))
    }

    /// Goes on to the next page; false where this was the last.
    mutating func turn(_ outcome: PageWalk.Outcome) throws(Fault) -> Bool {
        guard try walk.advance(outcome) else { return false }
        isFresh = false
        harvest.startNextPage()
        return true
    }

    /// Hands over what there is, with the position of the next record.
    mutating func hand(over emit: (RawBatch, Position) async throws(Fault) -> Void) async throws(Fault) {
        let position = Position(
            page: walk.page.ordinal, record: harvest.met, token: walk.token, promised: walk.promised, since: since)
        try await harvest.hand(over: emit, at: position, counting: &summary)
    }
}
