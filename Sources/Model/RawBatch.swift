/// Records as a source sent them: one arena of UTF-8 bytes and, row by row, a cell for each path asked for.
///
/// The hot path holds no `String` and no object per field. A parser appends cells in any order within a record; what was
/// not met stays `.missing`.
public struct RawBatch: Sendable {
    public enum Kind: UInt8, Sendable {
        /// The source has nothing at this path.
        case missing
        /// The source says null (JSON `null`, XML `xsi:nil`).
        case null
        case text
        /// Digits as they were written.
        case number
        case `true`
        case `false`
        /// A nested document, as JSON text. A structure of an XML source is its text content, or JsonML where its markup
        /// was asked for.
        case structure
        /// Something came that cannot be read as the value: a row of another length than the others, a wrapped document
        /// that is none.
        case broken
    }

    public struct Cell: Sendable {
        public var kind: Kind
        public var offset: UInt32
        public var length: UInt32

        public static let missing = Cell(kind: .missing, offset: 0, length: 0)

        public init(kind: Kind, offset: UInt32, length: UInt32) {
            self.kind = kind
            self.offset = offset
            self.length = length
        }
    }

    /// Cells a record.
    public let columns: Int
    public private(set) var bytes: [UInt8] = []
    public private(set) var cells: [Cell] = []
    public private(set) var locators: [SourceLocator] = []

    public init(columns: Int) { self.columns = columns }

    public var count: Int { locators.count }
    public var isEmpty: Bool { locators.isEmpty }

    /// Opens a record: all its cells missing.
    @inlinable public mutating func beginRecord(at locator: SourceLocator) {
        appendRecord(locator)
    }

    @usableFromInline mutating func appendRecord(_ locator: SourceLocator) {
        locators.append(locator)
        for _ in 0..<columns { cells.append(.missing) }
    }

    /// Appends a whole record at once: `columns` cells, with offsets into `record`.
    public mutating func append(
        _ record: UnsafeRawBufferPointer, _ cells: UnsafeBufferPointer<Cell>, at locator: SourceLocator
    ) {
        let base = UInt32(truncatingIfNeeded: bytes.count)
        let first = self.cells.count
        bytes.append(contentsOf: record)
        self.cells.append(contentsOf: cells)
        locators.append(locator)
        self.cells.withUnsafeMutableBufferPointer { all in
            for index in first..<all.count { all[index].offset &+= base }
        }
    }

    /// Takes back records; the bytes of their values stay until the batch is emptied.
    public mutating func remove(_ records: Range<Int>) {
        locators.removeSubrange(records)
        cells.removeSubrange(records.lowerBound * columns..<records.upperBound * columns)
        if locators.isEmpty { bytes.removeAll(keepingCapacity: true) }
    }

    /// Sets a cell of the record opened last.
    public mutating func set(_ column: Int, _ kind: Kind, _ value: UnsafeRawBufferPointer) {
        let offset = UInt32(truncatingIfNeeded: bytes.count)
        bytes.append(contentsOf: value)
        cells[cells.count - columns + column] = Cell(kind: kind, offset: offset, length: UInt32(value.count))
    }

    /// Gives a cell another value; the old one's bytes stay until the batch is emptied.
    public mutating func replace(_ record: Int, _ column: Int, _ kind: Kind, _ value: UnsafeRawBufferPointer) {
        let offset = UInt32(truncatingIfNeeded: bytes.count)
        bytes.append(contentsOf: value)
        cells[record * columns + column] = Cell(kind: kind, offset: offset, length: UInt32(value.count))
    }

    /// Appends to a cell of the record opened last, for a value that arrives in parts; the cell must be the last one set.
    public mutating func extend(_ column: Int, _ value: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: value)
        cells[cells.count - columns + column].length += UInt32(value.count)
    }

    /// Empties the batch and keeps its memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        cells.removeAll(keepingCapacity: true)
        locators.removeAll(keepingCapacity: true)
    }

    @inlinable public func cell(_ record: Int, _ column: Int) -> Cell { cells[record * columns + column] }

    /// The cell's value as text, for people; nil where there is none. Not for the hot path.
    public func string(_ record: Int, _ column: Int) -> String? {
        let cell = cell(record, column)
        switch cell.kind {
        case .missing, .null: return nil
        case .true: return "true"
        case .false: return "false"
        case .text, .number, .structure, .broken:
            let start = Int(cell.offset)
            return String(decoding: bytes[start..<start + Int(cell.length)], as: UTF8.self)
        }
    }
}
