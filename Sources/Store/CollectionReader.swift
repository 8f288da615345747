import Model

/// A collection as one snapshot of the store has it, for the time of one reading.
///
/// Whatever is asked of one reader agrees: a page and the state that it says it was read in are of the same moment, also
/// while a run is published.
public protocol CollectionReader {
    var state: CollectionState { get }
    /// The same number means the same fields on the same terms, while this process lives: what an answer is written with
    /// can be prepared once for it.
    var identity: Int { get }

    /// Gives one record with the fields that may be seen.
    ///
    /// - Parameter columns: indexes of the fields wanted, in their order; nil for all that may be seen.
    /// - Returns: whether the record is there.
    func record(
        _ id: String, columns: [Int]?, disclosure: Disclosure, _ body: (RecordRow) throws(Fault) -> Void
    ) throws(Fault) -> Bool

    /// Gives the records of a page, in their order, until all are given or `body` has enough.
    func page(_ plan: QueryPlan, while body: (RecordRow) -> Bool) throws(Fault) -> PageProgress
    /// Goes on with the page that `body` had enough of.
    func rest(while body: (RecordRow) -> Bool) throws(Fault) -> PageProgress
    /// Where the page after this one starts, without reading the page's records; nil where there is none.
    func next(after plan: QueryPlan) throws(Fault) -> PageCursor?

    /// Keeps the snapshot, and a page that was begun, beyond this reading.
    ///
    /// - Returns: nil where as many are kept as the store can.
    func keep() -> (any KeptReader)?
}

/// How far a page was given.
public enum PageProgress: Sendable {
    /// To its end; the cursor says where the next page starts, nil on the last.
    case done(next: PageCursor?)
    /// The rest waits.
    case paused
}

/// A snapshot that is kept for an answer that is sent piece by piece. It is given up when nobody holds this any more.
public protocol KeptReader: Sendable {
    /// Reads the next piece, as ``RecordStore/read(_:within:_:)`` does; one piece is asked for at a time.
    func read<Answer: Sendable>(
        within seconds: Double?, _ body: @escaping @Sendable (any CollectionReader) throws(Fault) -> Answer
    ) async throws(Fault) -> Answer
}

extension RecordStore {
    /// One page of a query, planned by ``QueryPlan``.
    public func page(_ plan: QueryPlan) async throws(Fault) -> RecordPage {
        try await read(plan.collection.name, within: nil) { reader throws(Fault) in
            var page = RecordPage(fields: plan.columns.map { plan.collection.fields[$0] })
            let progress = try reader.page(plan) { row in
                page.append(row)
                return true
            }
            if case .done(let next) = progress { page.next = next }
            return page
        }
    }

    /// One record as it is now.
    public func record(
        _ id: String, in collection: String, disclosure: Disclosure
    ) async throws(Fault) -> RecordPage? {
        try readAtOnce(collection) { reader throws(Fault) -> RecordPage? in
            let fields = reader.state.collection.fields
            var page = RecordPage(fields: fields.filter { disclosure.treatment(of: $0) != .absent })
            let isThere = try reader.record(id, columns: nil, disclosure: disclosure) { page.append($0) }
            return isThere ? page : nil
        }
    }
}
