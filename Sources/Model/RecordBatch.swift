/// Records in normal form: one arena of UTF-8 bytes and, row by row, a cell for each field.
///
/// The same shape goes into a store (staging binds cells straight from the arena) and comes out of it (a page of a
/// query), so a value is never boxed on its way.
public struct RecordBatch: Sendable {
    public enum Kind: UInt8, Sendable {
        case null
        /// `payload` is the number itself: integers, and booleans as 0 or 1.
        case integer
        /// `payload` is offset and length of UTF-8 text: every other type, in its normal form.
        case text
        /// As text; on the way into a store the 32 bytes before it are the bounding box: west, south, east, north as native
        /// doubles.
        case place
    }

    public struct Cell: Sendable {
        public var kind: Kind
        public var payload: UInt64

        public static let null = Cell(kind: .null, payload: 0)

        @inlinable public init(kind: Kind, payload: UInt64) {
            self.kind = kind
            self.payload = payload
        }

        @inlinable public init(kind: Kind, offset: Int, length: Int) {
            self.init(kind: kind, payload: UInt64(UInt32(offset)) << 32 | UInt64(UInt32(length)))
        }

        @inlinable public var integer: Int64 { Int64(bitPattern: payload) }
        @inlinable public var offset: Int { Int(payload >> 32) }
        @inlinable public var length: Int { Int(payload & 0xFFFF_FFFF) }
        @inlinable public var range: Range<Int> { offset..<offset + length }
    }

    /// A 128-bit digest of the field rules, normal values and findings of a record: equal means unchanged.
    public struct Hash: Sendable, Equatable {
        public var high: UInt64
        public var low: UInt64

        public init(high: UInt64 = 0, low: UInt64 = 0) {
            self.high = high
            self.low = low
        }
    }

    /// What is known of a record beside its values.
    public struct Head: Sendable {
        /// Where the URL-safe id stands in the arena.
        public var id: Range<Int>
        public var hash: Hash
        public var locator: SourceLocator
        /// The source says that this record was removed: only the id counts.
        public var isRemoved: Bool
        /// Where the values that were converted stand as they were sent: a JSON object from field to text; empty where
        /// the normal form is what the source wrote.
        public var originals: Range<Int>

        public init(
            id: Range<Int>, hash: Hash, locator: SourceLocator, isRemoved: Bool = false, originals: Range<Int> = 0..<0
        ) {
            self.id = id
            self.hash = hash
            self.locator = locator
            self.isRemoved = isRemoved
            self.originals = originals
        }
    }

    /// Cells a record.
    public let columns: Int
    public var bytes: [UInt8] = []
    public var cells: [Cell] = []
    public var heads: [Head] = []
    /// What is wrong with records of this batch that are kept; `Finding.record` is an index into `heads`.
    public var findings: [Finding] = []
    /// Records that are not kept.
    public var refusals: [Refusal] = []

    public init(columns: Int) { self.columns = columns }

    public var count: Int { heads.count }

    /// Empties the batch and keeps its memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        cells.removeAll(keepingCapacity: true)
        heads.removeAll(keepingCapacity: true)
        findings.removeAll(keepingCapacity: true)
        refusals.removeAll(keepingCapacity: true)
    }

    @inlinable public func cell(_ record: Int, _ column: Int) -> Cell { cells[record * columns + column] }

    /// The id of a record as text.
    public func id(_ record: Int) -> String {
        String(decoding: bytes[heads[record].id], as: UTF8.self)
    }

    /// The cell's value as text, for people and tests; nil for null.
    public func string(_ record: Int, _ column: Int) -> String? {
        let cell = cell(record, column)
        switch cell.kind {
        case .null: return nil
        case .integer: return String(cell.integer)
        case .text, .place: return String(decoding: bytes[cell.range], as: UTF8.self)
        }
    }
}
