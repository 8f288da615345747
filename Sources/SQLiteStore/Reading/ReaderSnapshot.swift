import GRDB
import Model
import Store

/// A collection in the snapshot that a reader has open.
struct ReaderSnapshot: CollectionReader {
    let reader: Reader
    let loan: ReaderLoan
    let known: KnownCollection
    let db: Database
    let today: @Sendable () -> String

    var state: CollectionState { known.state }
    var identity: Int { known.form.identity }

    func record(
        _ id: String, columns: [Int]?, disclosure: Disclosure, _ body: (RecordRow) throws(Fault) -> Void
    ) throws(Fault) -> Bool {
        try guarding {
            let selection = PointQuery.Selection(columns: columns, disclosure: disclosure)
            guard let point = try known.point(selection, db) else { return false }
            return try withTimes { times in try point.read(id, &times) { row in try body(row) } }
        }
    }

    func page(_ plan: QueryPlan, while body: (RecordRow) -> Bool) throws(Fault) -> PageProgress {
        try guarding {
            reader.page?.close()
            reader.page = try known.form.table.map { table in
                try Self.expectSame(plan.collection, table)
                return OpenPage(try PageQuery(plan, over: table, count: state.count, today: today(), db))
            }
        }
        return try rest(while: body)
    }

    func rest(while body: (RecordRow) -> Bool) throws(Fault) -> PageProgress {
        try guarding {
            guard let page = reader.page else { return .done(next: nil) }
            return try withTimes { times in try page.read(db, &times, while: body) }
        }
    }

    func next(after plan: QueryPlan) throws(Fault) -> PageCursor? {
        try guarding {
            guard let table = known.form.table else { return nil }
            let page = OpenPage(try PageQuery(plan, over: table, count: state.count, today: today(), db))
            return try page.next(db)
        }
    }

    func keep() -> (any KeptReader)? { loan.keep() ? KeptSnapshot(loan: loan, name: state.collection.name) : nil }

    private func withTimes<T>(_ body: (inout PublicationTimes) throws -> T) throws -> T {
        var times = try reader.times.take() ?? PublicationTimes(db)
        defer { reader.times = times }
        return try body(&times)
    }

    private func guarding<T>(_ body: () throws -> T) throws(Fault) -> T {
        do { return try body() } catch { throw reader.fault(error) }
    }

    /// A plan made before a new generation was published may name columns that are gone.
    private static func expectSame(_ planned: Collection, _ table: GenerationTable) throws(Fault) {
        guard planned.fields.map(\.name) == table.collection.fields.map(\.name) else {
            throw Fault(.unavailable, "the fields of \(planned.name) have just changed", advice: "Ask again.")
        }
    }
}

/// The snapshot of a loan, for as long as this is held.
private struct KeptSnapshot: KeptReader {
    let loan: ReaderLoan
    let name: String

    func read<Answer: Sendable>(
        within seconds: Double?, _ body: @escaping @Sendable (any CollectionReader) throws(Fault) -> Answer
    ) async throws(Fault) -> Answer {
        try await loan.readers.read(name, within: seconds, on: loan, body)
    }
}
