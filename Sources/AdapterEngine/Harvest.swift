import Model
import Parsing

/// The records of one page after another, until they are handed over: what was met, and what comes once more after an
/// interruption.
struct Harvest {
    private var batch: RawBatch
    /// Records of this page that were handed over, or wait in the batch.
    private(set) var met: Int
    /// Records of this page that come once more, after an interruption.
    private var skip: Int
    /// Records that the parser has completed in this attempt at the page.
    private(set) var parsed = 0
    private(set) var likeness = Likeness()
    /// The key of the last record that was parsed, where pages follow each other by it.
    private(set) var lastKey: String?
    private let keyColumn: Int?
    private var handedOver = ContinuousClock.now

    /// - Parameters:
    ///   - position: where the reading begins, or was interrupted.
    ///   - keyColumn: the column by whose values pages follow each other.
    init(columns: Int, from position: Position, keyColumn: Int? = nil) {
        self.keyColumn = keyColumn
        batch = RawBatch(columns: columns)
        met = position.record
        skip = position.record
    }

    /// Reads a chunk of the page at hand.
    mutating func feed(_ chunk: [UInt8], to parser: any RecordParser) throws(Fault) {
        try feed(chunk, 0..<chunk.count, to: parser)
    }

    /// Reads a part of a chunk.
    mutating func feed(_ chunk: [UInt8], _ range: Range<Int>, to parser: any RecordParser) throws(Fault) {
        let before = batch.count
        defer { settle(from: before) }
        try chunk.withUnsafeBufferPointer { bytes throws(Fault) in
            try parser.feed(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range])), into: &batch)
        }
    }

    /// Says that the page's body is over.
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
        if let keyColumn { lastKey = batch.string(batch.count - 1, keyColumn) }
        let again = min(added, max(0, skip - parsed))
        if again > 0 { batch.remove(before..<before + again) }
        parsed += added
        met = max(met, parsed)
    }

    /// Begins the page at hand anew; the records met before are skipped.
    mutating func startPageAgain() {
        skip = met
        parsed = 0
        likeness = Likeness()
    }

    /// Goes on to the next page.
    mutating func startNextPage() {
        met = 0
        startPageAgain()
    }

    func isFull(_ limit: BatchLimit) -> Bool { batch.count >= limit.records || batch.bytes.count >= limit.bytes }

    /// Whether a page's end is the time to hand over.
    func isDue(_ limit: BatchLimit) -> Bool {
        isFull(limit) || (!batch.isEmpty && ContinuousClock.now - handedOver >= limit.age)
    }

    /// Hands over what there is, with the position that follows it, and counts it.
    mutating func hand(
        over emit: SourceReading.Emit, at position: Position, counting summary: inout ReadingSummary
    ) async throws(Fault) {
        let count = batch.count
        try await emit(&batch, position)
        summary.records += count
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
