import Model

/// A batch's records in the order of their keys, so that a database touches its pages one after the other.
struct KeyOrder {
    let records: [Int]

    /// - Parameter bytes: the batch's arena. Keys have 18 characters; all begin alike, so the last 16 tell them apart.
    init(_ batch: RawBatch, _ bytes: UnsafeRawBufferPointer) {
        let keys = (0..<batch.count).map { record in
            let cell = batch.cell(record, 0)
            let start = Int(cell.offset) + max(0, Int(cell.length) - 16)
            guard cell.length >= 16 else { return (high: UInt64.max, low: UInt64.max, record: record) }
            return (
                high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)), record: record
            )
        }
        records = keys.sorted { ($0.high, $0.low) < ($1.high, $1.low) }.map(\.record)
    }
}
