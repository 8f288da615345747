import Filter
import Foundation
import Model
import Store

/// A store of one collection that a test wrote down: what it holds is served, everything else is refused.
struct ShelfStore: ExchangeStore {
    var state: CollectionState
    var rows: RecordPage
    var fault: Fault?
    var removed: Set<Int> = []
    /// Whether a page may be sent in pieces.
    var keeps = true
    var asked: @Sendable (QueryPlan) -> Void = { _ in }

    var nothing: Fault { Fault(.defect, "not on the shelf") }

    func collections() async throws(Fault) -> [CollectionState] { [state] }
    func collection(_ name: String) async throws(Fault) -> CollectionState? {
        if let fault { throw fault }
        return name == state.collection.name ? state : nil
    }

    func readAtOnce<Answer>(
        _ collection: String, _ body: (any CollectionReader) throws(Fault) -> Answer
    ) throws(Fault) -> Answer {
        if let fault { throw fault }
        guard collection == state.collection.name else { throw Fault(.notFound, "not on the shelf") }
        return try body(ShelfReader(shelf: self))
    }

    func read<Answer: Sendable>(
        _ collection: String, within seconds: Double?,
        _ body: @escaping @Sendable (any CollectionReader) throws(Fault) -> Answer
    ) async throws(Fault) -> Answer {
        try readAtOnce(collection, body)
    }

    func history(of id: String, in collection: String, disclosure: Disclosure) async throws(Fault) -> [RecordVersion] {
        guard let page = try await record(id, in: collection, disclosure: disclosure) else { return [] }
        return [RecordVersion(page: page, validFrom: "2026-11-23T10:00:00+08:00", validTo: nil, isRemoval: false)]
    }

    func provenance(of id: String, in collection: String) async throws(Fault) -> [ValueOrigin]? {
        guard (0..<rows.batch.count).contains(where: { rows.batch.id($0) == id }) else { return nil }
        return rows.fields.map {
            ValueOrigin(
                field: $0.name, entry: "enterprise", sourceField: $0.name, record: id, run: 7,
                locator: SourceLocator(page: 1, record: 2), revision: 3, publishedAt: "2026-11-23T10:00:00+08:00",
                original: $0.isMasked ? nil : "原文")
        }
    }

    func changes(
        in collection: String, after revision: Int64, epoch: String?, limit: Int, disclosure: Disclosure
    ) async throws(Fault) -> ChangePage {
        if let epoch, epoch != state.epoch { throw Fault(.changesGone, "the feed began anew") }
        return ChangePage(page: rows, removed: removed, epoch: state.epoch, last: state.revision, hasMore: false)
    }

    func registrations() async throws(Fault) -> [Registration] { [Samples.registration] }
    func registration(of entry: String) async throws(Fault) -> Registration? {
        Samples.registration.entry.name == entry ? Samples.registration : nil
    }
    func runs(of entry: String?, limit: Int) async throws(Fault) -> [Run] { [Samples.run] }
    func run(_ number: Int64) async throws(Fault) -> Run? { number == 1 ? Samples.run : nil }
    func health() async -> Fault? { fault }

    func close() async throws(Fault) {}
    func register(
        _ entry: Entry, text: String, who: String, reason: String
    ) async throws(Fault) -> Registration { throw nothing }
    func registrationHistory(of entry: String) async throws(Fault) -> [Registration] { throw nothing }
    func setPaused(_ isPaused: Bool, entry: String, who: String, reason: String) async throws(Fault) { throw nothing }
    func define(_ subjects: [Subject]) async throws(Fault) { throw nothing }
    func refreshSubjects() async throws(Fault) { throw nothing }
    func begin(_ order: RunOrder) async throws(Fault) -> RunTicket { throw nothing }
    func stage(_ batch: RecordBatch, of ticket: RunTicket, then position: Position) async throws(Fault) {
        throw nothing
    }
    func index(_ ticket: RunTicket) async throws(Fault) { throw nothing }
    func assess(_ ticket: RunTicket) async throws(Fault) -> Difference { throw nothing }
    func publish(
        run number: Int64, watermark: Watermark?, decision: Run.Decision?
    ) async throws(Fault) -> Run { throw nothing }
    func hold(run number: Int64, reasons: [String], watermark: Watermark?) async throws(Fault) -> Run { throw nothing }
    func end(
        run number: Int64, as state: Run.State, fault: Fault?, decision: Run.Decision?
    ) async throws(Fault) -> Run { throw nothing }
    func publishUnchanged(_ ticket: RunTicket, watermark: Watermark?) async throws(Fault) -> Run { throw nothing }
    func note(stages: [String: Double], run number: Int64) async throws(Fault) -> [String: Double] { throw nothing }
    func runsUnderWay() async throws(Fault) -> [Run] { throw nothing }
    func lastRuns() async throws(Fault) -> [String: Run] { throw nothing }
    func watermark(of entry: String) async throws(Fault) -> Watermark? { throw nothing }
    func lastPublished() async throws(Fault) -> [String: Run] { throw nothing }
    func failures() async throws(Fault) -> [String: FailureStreak] { throw nothing }
    var activity: StoreActivity { StoreActivity() }
    func qualities() async throws(Fault) -> [String: QualityTally] { throw nothing }
    func findings(of collection: String, limit: Int) async throws(Fault) -> [RecordedFinding] { throw nothing }
    func quarantined(_ query: QuarantineQuery) async throws(Fault) -> [QuarantinedRecord] { throw nothing }
    func quarantineCounts() async throws(Fault) -> [String: Int64] { throw nothing }
    func quarantined(number: Int64) async throws(Fault) -> QuarantinedRecord? { throw nothing }
    func dismiss(quarantined numbers: [Int64], who: String, reason: String) async throws(Fault) { throw nothing }
    func release(
        _ batch: RecordBatch, of entry: String, quarantined numbers: [Int64], who: String
    ) async throws(Fault) { throw nothing }
    func digestKey() async throws(Fault) -> [UInt8] { throw nothing }
}
