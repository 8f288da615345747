import Model

/// One record as a reader stands on it, masked as the caller's disclosure asks.
///
/// Its pointers lead into memory of the store or of a page: they hold while the closure runs that was given the row, so
/// that a value goes from the store's own memory into an answer without a copy in between.
public struct RecordRow {
    public enum Value {
        case null
        /// The number itself: integers, and booleans as 0 or 1.
        case integer(Int64)
        /// UTF-8, in the field's normal form.
        case text(UnsafeRawBufferPointer)
        /// GeoJSON.
        case place(UnsafeRawBufferPointer)
    }

    public let id: UnsafeRawBufferPointer
    /// A value for each of the fields that were asked for, in their order.
    public let values: UnsafeBufferPointer<Value>
    public let envelope: RecordEnvelope
    /// A tombstone: of the record nothing is known but that it was removed.
    public let isRemoved: Bool

    public init(
        id: UnsafeRawBufferPointer, values: UnsafeBufferPointer<Value>, envelope: RecordEnvelope,
        isRemoved: Bool = false
    ) {
        self.id = id
        self.values = values
        self.envelope = envelope
        self.isRemoved = isRemoved
    }
}

extension RecordPage {
    /// Appends a copy of a row.
    public mutating func append(_ row: RecordRow) {
        let id = copy(row.id)
        batch.heads.append(
            RecordBatch.Head(
                id: id, hash: RecordBatch.Hash(), locator: SourceLocator(page: 0, record: 0),
                isRemoved: row.isRemoved))
        envelopes.append(row.envelope)
        for value in row.values {
            switch value {
            case .null: batch.cells.append(.null)
            case .integer(let number):
                batch.cells.append(RecordBatch.Cell(kind: .integer, payload: UInt64(bitPattern: number)))
            case .text(let text): append(text, as: .text)
            case .place(let place): append(place, as: .place)
            }
        }
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer, as kind: RecordBatch.Kind) {
        let range = copy(bytes)
        batch.cells.append(RecordBatch.Cell(kind: kind, offset: range.lowerBound, length: range.count))
    }

    private mutating func copy(_ bytes: UnsafeRawBufferPointer) -> Range<Int> {
        let start = batch.bytes.count
        batch.bytes.append(contentsOf: bytes)
        return start..<batch.bytes.count
    }

    /// Gives rows of the page, in order.
    ///
    /// - Parameter removed: which records are tombstones.
    public func forEachRow(
        _ records: Range<Int>? = nil, removed: Set<Int> = [], _ body: (RecordRow) -> Void
    ) {
        batch.bytes.withUnsafeBytes { arena in
            withUnsafeTemporaryAllocation(of: RecordRow.Value.self, capacity: max(1, fields.count)) { values in
                for record in records ?? 0..<batch.count {
                    for column in fields.indices {
                        values.initializeElement(at: column, to: value(batch.cell(record, column), arena))
                    }
                    body(
                        RecordRow(
                            id: UnsafeRawBufferPointer(rebasing: arena[batch.heads[record].id]),
                            values: UnsafeBufferPointer(rebasing: values[..<fields.count]),
                            envelope: envelopes[record], isRemoved: removed.contains(record)))
                }
            }
        }
    }

    private func value(_ cell: RecordBatch.Cell, _ arena: UnsafeRawBufferPointer) -> RecordRow.Value {
        switch cell.kind {
        case .null: .null
        case .integer: .integer(cell.integer)
        case .text: .text(UnsafeRawBufferPointer(rebasing: arena[cell.range]))
        case .place: .place(UnsafeRawBufferPointer(rebasing: arena[cell.range]))
        }
    }
}
