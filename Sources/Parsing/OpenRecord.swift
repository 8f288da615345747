import Model

/// The one record that is being read, until it is whole and moves into the batch.
struct OpenRecord: ~Copyable {
    private var arena = ByteBuffer()
    private let cells: UnsafeMutablePointer<RawBatch.Cell>
    private let columns: Int
    /// Columns, and after them places for values that may turn out to be those of another.
    private let places: Int
    /// Column to column: paths that are written differently and lead to the same value.
    private let twins: [(from: Int, to: Int)]

    init(columns: Int, twins: [(from: Int, to: Int)], spare: Int = 0) {
        self.columns = columns
        self.twins = twins
        places = columns + spare
        cells = .allocate(capacity: places)
        cells.initialize(repeating: .missing, count: places)
    }

    deinit { cells.deallocate() }

    var byteCount: Int { arena.count }

    mutating func begin() {
        arena.truncate()
        cells.update(repeating: .missing, count: places)
    }

    @inline(__always) mutating func set(_ column: Int, _ kind: RawBatch.Kind, _ value: UnsafeRawBufferPointer) {
        cells[column] = RawBatch.Cell(
            kind: kind, offset: UInt32(truncatingIfNeeded: arena.count),
            length: UInt32(truncatingIfNeeded: value.count))
        arena.append(value)
    }

    func isSet(_ column: Int) -> Bool { cells[column].kind != .missing }

    /// Says of every value that nobody can tell whether it stands where it belongs.
    mutating func breakCells() {
        for column in 0..<columns {
            cells[column].kind = .broken
        }
    }

    mutating func clear(_ column: Int) { cells[column] = .missing }

    /// Gives a value to another column too, if that has none; the bytes are there once.
    mutating func copy(_ column: Int, to other: Int) {
        if cells[other].kind == .missing { cells[other] = cells[column] }
    }

    func value(_ column: Int) -> UnsafeRawBufferPointer {
        let start = Int(cells[column].offset)
        return UnsafeRawBufferPointer(rebasing: arena.bytes[start..<start + Int(cells[column].length)])
    }

    mutating func move(into batch: inout RawBatch, at locator: SourceLocator) {
        for twin in twins { cells[twin.to] = cells[twin.from] }
        batch.append(arena.bytes, UnsafeBufferPointer(start: cells, count: columns), at: locator)
    }
}
