import Model
import Parsing
import Transport

/// How far a reading has come: the page it is on, the records of it that were met, and those not yet handed over.
struct Course {
    let plan: SourcePlan
    var walk: PageWalk
    var summary = ReadingSummary()
    private var batch: RawBatch
    private let since: String?
    /// Whether "not modified" would be an answer to all of it.
    private var isFresh: Bool
    /// Records of this page that were handed over, or wait in the batch.
    private var met: Int
    /// Records of this page that come once more, after an interruption.
    private var skip: Int
    /// Records that the parser has completed in this attempt at the page.
    private var parsed = 0
    private var likeness = Likeness()
    private var handedOver = ContinuousClock.now

    init(_ plan: SourcePlan, from position: Position) throws(Fault) {
        self.plan = plan
        walk = try plan.walk(from: position)
        batch = RawBatch(columns: plan.columns.count)
        since = position.since
        isFresh = position.page == 1 && position.record == 0
        met = position.record
        skip = position.record
    }

    /// The address asked, without its query, which may hold secrets.
    var place: String { plan.requests.system.base }

    func request(at now: SourceTime) -> Request {
        plan.requests.request(walk.page, strategy: plan.paging.strategy, isFresh: isFresh && met == 0, at: now)
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

    func makeParser(contentType: String?) throws(Fault) -> any RecordParser {
        try Parsing.makeParser(
            plan.specification, page: Int32(walk.page.ordinal),
            charset: CharsetHint(setting: plan.charset, header: contentType.flatMap(Self.charset)))
    }

    /// The `charset` parameter of a media type (RFC 9110, section 8.3.1).
    static func charset(_ contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let halves = parameter.split(separator: "=", maxSplits: 1).map { $0.filter { !" \t\"'".contains($0) } }
            if halves.count == 2, halves[0].lowercased() == "charset", !halves[1].isEmpty { return halves[1] }
        }
        return nil
    }

    mutating func feed(_ chunk: [UInt8], to parser: any RecordParser) throws(Fault) {
        let before = batch.count
        defer { settle(from: before) }
        try chunk.withUnsafeBufferPointer { bytes throws(Fault) in
            try parser.feed(UnsafeRawBufferPointer(bytes), into: &batch)
        }
    }

    mutating func finish(_ parser: any RecordParser) throws(Fault) -> DocumentValues {
        let before = batch.count
        defer { settle(from: before) }
        return try parser.finish(into: &batch)
    }

    /// Counts the records that the parser added, and takes back those that were met in an earlier attempt.
    private mutating func settle(from before: Int) {
        let added = batch.count - before
        guard added > 0 else { return }
        likeness.note(batch, from: before)
        let again = min(added, max(0, skip - parsed))
        if again > 0 { batch.remove(before..<before + again) }
        parsed += added
        met = max(met, parsed)
    }

    /// What the page turned out to be.
    ///
    /// - Throws: `source.said-no` and `source.unexpected`.
    mutating func judge(_ values: DocumentValues) throws(Fault) -> PageWalk.Outcome {
        let verdict = Verdict(plan: plan, values: values, records: parsed)
        return try verdict.outcome(likeness: likeness.value(records: parsed))
    }

    mutating func startPageAgain() {
        skip = met
        parsed = 0
        likeness = Likeness()
    }

    /// Goes on to the next page; false where this was the last.
    mutating func turn(_ outcome: PageWalk.Outcome) throws(Fault) -> Bool {
        guard try walk.advance(outcome) else { return false }
        isFresh = false
        met = 0
        skip = 0
        parsed = 0
        likeness = Likeness()
        return true
    }

    func isFull(_ limit: BatchLimit) -> Bool { batch.count >= limit.records || batch.bytes.count >= limit.bytes }

    /// Whether a page's end is the time to hand over.
    func isDue(_ limit: BatchLimit) -> Bool {
        isFull(limit) || (!batch.isEmpty && ContinuousClock.now - handedOver >= limit.age)
    }

    /// Hands over what there is, with the position of the next record.
    mutating func hand(over emit: (RawBatch, Position) async throws(Fault) -> Void) async throws(Fault) {
        let position = Position(
            page: walk.page.ordinal, record: met, token: walk.token, promised: walk.promised, since: since)
        try await emit(batch, position)
        summary.records += batch.count
        batch.removeAll()
        handedOver = .now
    }
}

/// What tells a page from another: the number of its records, and the beginning of their values.
struct Likeness {
    private var hasher = Hasher()
    private var isNoted = false
    private static let bytesAtMost = 4096

    /// Takes note of the first records of a page.
    mutating func note(_ batch: RawBatch, from first: Int) {
        guard !isNoted, batch.columns > 0 else { return }
        isNoted = true
        for column in 0..<batch.columns {
            let cell = batch.cell(first, column)
            hasher.combine(cell.kind)
            let start = Int(cell.offset)
            let length = min(Int(cell.length), Self.bytesAtMost)
            batch.bytes[start..<start + length].withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }

    func value(records: Int) -> Int {
        var hasher = hasher
        hasher.combine(records)
        return hasher.finalize()
    }
}
