import Crypto
import Model

/// Turns a record's key into its id: URL-safe, stable, and telling nothing where the key must not be seen.
struct RecordKey {
    /// Columns of the key's fields, in the entry's order.
    let columns: [Int]
    /// Set where the id is a digest.
    private let secret: SymmetricKey?

    init(columns: [Int], digestKey: [UInt8]?) {
        self.columns = columns
        secret = digestKey.map { SymmetricKey(data: $0) }
    }

    /// Where the id of the record stands in the arena; it is appended unless the key's own bytes can serve.
    func write(_ cells: Int, in batch: inout RecordBatch) -> Range<Int> {
        if let secret { return writeDigest(cells, secret, in: &batch) }
        if columns.count == 1, case let cell = batch.cells[cells + columns[0]], cell.kind == .text,
            isSafe(batch.bytes, cell.range)
        {
            return cell.range
        }
        let start = batch.bytes.count
        for (number, column) in columns.enumerated() {
            if number > 0 { batch.bytes.append(0x3A) }
            let cell = batch.cells[cells + column]
            if cell.kind == .integer {
                batch.bytes.append(contentsOf: String(cell.integer).utf8)
            } else {
                for index in cell.range { RecordID.encode(batch.bytes[index], to: &batch.bytes) }
            }
        }
        return start..<batch.bytes.count
    }

    private func writeDigest(_ cells: Int, _ secret: SymmetricKey, in batch: inout RecordBatch) -> Range<Int> {
        var code = HMAC<SHA256>(key: secret)
        for (number, column) in columns.enumerated() {
            if number > 0 { code.update(data: [0x1F]) }
            let cell = batch.cells[cells + column]
            if cell.kind == .integer {
                code.update(data: Array(String(cell.integer).utf8))
            } else {
                batch.bytes.withUnsafeBytes { code.update(data: UnsafeRawBufferPointer(rebasing: $0[cell.range])) }
            }
        }
        let start = batch.bytes.count
        for byte in code.finalize().prefix(16) {
            batch.bytes.append(lowerHex(byte >> 4))
            batch.bytes.append(lowerHex(byte & 15))
        }
        return start..<batch.bytes.count
    }

    private func isSafe(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let span = bytes.span
        for index in range where !RecordID.isSafe(span[index]) { return false }
        return true
    }

    private func lowerHex(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
