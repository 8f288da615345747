import Model
import Store
import Synchronization

/// The shelf's records, one after the other, as a store's reader gives them.
final class ShelfReader: CollectionReader, KeptReader {
    private struct Position {
        var plan: QueryPlan?
        var next = 0
        var given = 0
    }

    private let shelf: ShelfStore
    private let position = Mutex(Position())

    init(shelf: ShelfStore) { self.shelf = shelf }

    var state: CollectionState { shelf.state }
    /// Shelves are made anew for every test: nothing may be prepared for another.
    let identity = 0

    func record(
        _ id: String, columns: [Int]?, disclosure: Disclosure, _ body: (RecordRow) throws(Fault) -> Void
    ) throws(Fault) -> Bool {
        guard let record = (0..<shelf.rows.batch.count).first(where: { shelf.rows.batch.id($0) == id }) else {
            return false
        }
        let fields = shelf.rows.fields
        let visible = fields.indices.filter { disclosure.treatment(of: fields[$0]) != .absent }
        var outcome = Result<Void, Fault>.success(())
        chosen(record, columns ?? visible).forEachRow { row in
            outcome = Result { () throws(Fault) in try body(row) }
        }
        try outcome.get()
        return true
    }

    func page(_ plan: QueryPlan, while body: (RecordRow) -> Bool) throws(Fault) -> PageProgress {
        shelf.asked(plan)
        let start = plan.after.flatMap { Int($0.id) } ?? 0
        position.withLock { $0 = Position(plan: plan, next: start, given: 0) }
        return try rest(while: body)
    }

    func rest(while body: (RecordRow) -> Bool) throws(Fault) -> PageProgress {
        var now = position.withLock { $0 }
        defer { position.withLock { $0 = now } }
        guard let plan = now.plan else { return .done(next: nil) }
        while now.next < shelf.rows.batch.count {
            guard now.given < plan.limit else { return .done(next: cursor(now.next, plan)) }
            var hasEnough = false
            chosen(now.next, plan.columns).forEachRow { row in hasEnough = !body(row) }
            now.next += 1
            now.given += 1
            if hasEnough { return .paused }
        }
        return .done(next: nil)
    }

    func next(after plan: QueryPlan) throws(Fault) -> PageCursor? {
        let end = (plan.after.flatMap { Int($0.id) } ?? 0) + plan.limit
        return end < shelf.rows.batch.count ? cursor(end, plan) : nil
    }

    func keep() -> (any KeptReader)? { shelf.keeps ? self : nil }

    func read<Answer: Sendable>(
        within seconds: Double?, _ body: @escaping @Sendable (any CollectionReader) throws(Fault) -> Answer
    ) async throws(Fault) -> Answer {
        try body(self)
    }

    private func cursor(_ next: Int, _ plan: QueryPlan) -> PageCursor {
        let query = RecordQuery(filter: plan.filter, box: plan.box, sort: plan.sort)
        return PageCursor(
            values: plan.sort.map { _ in nil }, id: String(next), query: query, in: plan.collection)
    }

    private func chosen(_ record: Int, _ columns: [Int]) -> RecordPage {
        var batch = RecordBatch(columns: columns.count)
        batch.bytes = shelf.rows.batch.bytes
        batch.heads = [shelf.rows.batch.heads[record]]
        batch.cells = columns.map { shelf.rows.batch.cell(record, $0) }
        return RecordPage(
            fields: columns.map { shelf.rows.fields[$0] }, batch: batch, envelopes: [shelf.rows.envelopes[record]])
    }
}
