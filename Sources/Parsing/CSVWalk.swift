import Model

/// Follows the values of one file row by row, and keeps those of the columns asked for.
struct CSVWalk: ~Copyable {
    enum Refusal {
        /// The header, shortened, has no column that is asked for.
        case noColumns(String)
        /// The header has a column that is asked for twice.
        case twoColumns(String)
        case tooManyValues, value, record
    }

    static let valuesAtMost = 4096

    let page: Int32
    var document: DocumentValues
    private(set) var refusal: Refusal?
    /// Rows that ended, the header among them.
    private(set) var rows = 0
    /// Set while a chunk is read.
    var batch: UnsafeMutablePointer<RawBatch>?

    private let columns: [SourcePath]
    private let limits: ParseLimits
    private var record: OpenRecord
    /// For each value of a row the column it is read into, or -1.
    private var targets: [Int] = []
    /// The header's values while it is read.
    private var names: [String] = []
    private var nameBytes = 0
    private var isInHeader: Bool
    private let hasHeader: Bool
    /// Values of the row at hand.
    private var position = 0

    /// Whether the row that names the columns has not come.
    var isWithoutHeader: Bool { isInHeader }

    init(_ specification: ParseSpecification, page: Int32, recordsBefore: Int) {
        self.page = page
        columns = specification.columns
        limits = specification.limits
        record = OpenRecord(columns: specification.columns.count, twins: [])
        document = DocumentValues(slots: Array(specification.document.indices))
        document.recordCount = recordsBefore
        hasHeader = specification.csv.hasHeader
        isInHeader = hasHeader
        if !hasHeader { placeNumbers() }
    }

    mutating func value(_ value: UnsafeRawBufferPointer) {
        if refusal != nil { return }
        defer { position &+= 1 }
        if position >= Self.valuesAtMost {
            refusal = .tooManyValues
        } else if value.count > limits.valueBytes {
            refusal = .value
        } else if isInHeader {
            nameBytes += value.count
            if nameBytes > limits.recordBytes { return refusal = .record }
            names.append(String(decoding: value, as: UTF8.self))
        } else {
            if position == 0 { record.begin() }
            guard position < targets.count, targets[position] >= 0 else { return }
            if record.byteCount + value.count > limits.recordBytes { return refusal = .record }
            record.set(targets[position], .text, value)
        }
    }

    mutating func endRow() {
        if refusal != nil { return }
        rows += 1
        defer { position = 0 }
        if isInHeader {
            isInHeader = false
            placeNames()
        } else {
            endRecord()
        }
    }

    private mutating func endRecord() {
        guard let batch else { return }
        document.hasRecords = true
        document.recordCount += 1
        // Without a header the first row says how many values the others have.
        if !hasHeader, rows == 1 { targets += Array(repeating: -1, count: max(0, position - targets.count)) }
        if position != targets.count { record.breakCells() }
        let number = Int32(truncatingIfNeeded: document.recordCount)
        record.move(into: &batch.pointee, at: SourceLocator(page: page, record: number))
    }

    private mutating func placeNames() {
        let trimmed = names.map { $0.trimmingBlanks }
        targets = Array(repeating: -1, count: names.count)
        var found = 0
        for (column, path) in columns.enumerated() {
            let name = path.text.trimmingBlanks
            guard let position = trimmed.firstIndex(of: name) else { continue }
            if trimmed.lastIndex(of: name) != position { return refusal = .twoColumns(String(name.prefix(120))) }
            targets[position] = column
            found += 1
        }
        if found == 0, !columns.isEmpty { refusal = .noColumns(String(trimmed.joined(separator: ",").prefix(120))) }
        document.hasRecords = true
    }

    private mutating func placeNumbers() {
        for (column, path) in columns.enumerated() {
            guard let number = Int(path.text), (1...Self.valuesAtMost).contains(number) else { continue }
            if number > targets.count { targets += Array(repeating: -1, count: number - targets.count) }
            targets[number - 1] = column
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
