import Foundation
import Model
import Standards

/// The values of a record that were converted, as they were sent: what provenance shows beside the normal form.
///
/// They are no part of the record's hash: a source that writes `2021/5/20` one day and `20210520` the next has changed
/// nothing. Values that could not be read are in their findings, not here.
struct Originals {
    /// Bytes of a value that are kept; what is longer is cut at a character and ends in an ellipsis.
    static let keptBytes = 256

    private let columns: [Column]
    /// For each column, its field's name as a member's name of a JSON object.
    private let labels: [[UInt8]]

    init(_ columns: [Column], fields: [Field]) {
        self.columns = columns
        labels = fields.map { field in
            var label: [UInt8] = []
            JSONText.append(string: Array(field.name.utf8).span, to: &label)
            return label + [0x3A]
        }
    }

    /// Appends the JSON object of a record to the batch's arena; nothing where nothing was converted.
    ///
    /// - Parameter converted: the columns whose values are not served as they were sent.
    /// - Returns: where it stands.
    func write(_ raw: RawBatch, _ record: Int, of converted: [Int], into batch: inout RecordBatch) -> Range<Int> {
        guard !converted.isEmpty else { return 0..<0 }
        let start = batch.bytes.count
        for index in converted {
            batch.bytes.append(batch.bytes.count == start ? 0x7B : 0x2C)
            write(raw, record, index, into: &batch.bytes)
        }
        batch.bytes.append(0x7D)
        return start..<batch.bytes.count
    }

    private func write(_ raw: RawBatch, _ record: Int, _ index: Int, into bytes: inout [UInt8]) {
        let column = columns[index]
        bytes.append(contentsOf: labels[index])
        bytes.append(0x22)
        withRaw(raw, record, column.place(of: record, in: raw), otherwise: ()) { value, _ in
            Self.append(value, to: &bytes)
        }
        if column.second >= 0 {
            bytes.append(0x20)
            withRaw(raw, record, column.second, otherwise: ()) { northing, _ in Self.append(northing, to: &bytes) }
        }
        bytes.append(0x22)
    }

    private static func append(_ value: Span<UInt8>, to bytes: inout [UInt8]) {
        guard value.count > keptBytes else {
            JSONText.append(content: value, to: &bytes)
            return
        }
        var end = keptBytes
        while end > 0, value[end] & 0xC0 == 0x80 { end -= 1 }
        JSONText.append(content: value.extracting(0..<end), to: &bytes)
        bytes.append(contentsOf: [0xE2, 0x80, 0xA6])
    }
}

extension Column {
    /// Whether what is served of a value is what the source wrote. A value that could not be read is in its finding.
    @inline(__always)
    func serves(_ value: Span<UInt8>, _ kind: RawBatch.Kind, as outcome: Outcome, _ bytes: [UInt8]) -> Bool {
        switch outcome {
        case .wrong: true
        case .absent: false
        case .value(let cell), .doubtful(let cell, _): isSame(value, kind, cell, bytes)
        }
    }

    private func isSame(
        _ value: Span<UInt8>, _ kind: RawBatch.Kind, _ cell: RecordBatch.Cell, _ bytes: [UInt8]
    ) -> Bool {
        switch cell.kind {
        case .null: false
        case .integer where type == .boolean:
            // Served as true and false, however it is kept.
            kind == .true || kind == .false || (value.count == 1 && value[0] == UInt8(0x30 + cell.payload & 1))
        case .integer: isWritten(cell.integer, value)
        case .text, .place:
            value.count == cell.length
                && value.withUnsafeBytes { value in
                    bytes.withUnsafeBytes { bytes in
                        guard let sent = value.baseAddress, let kept = bytes.baseAddress else { return true }
                        return memcmp(sent, kept + cell.offset, cell.length) == 0
                    }
                }
        }
    }

    /// Whether a text writes a number the shortest way.
    private func isWritten(_ number: Int64, _ value: Span<UInt8>) -> Bool {
        var rest = number.magnitude
        var index = value.count
        repeat {
            index -= 1
            guard index >= 0, value[index] == UInt8(0x30 + rest % 10) else { return false }
            rest /= 10
        } while rest > 0
        return number < 0 ? index == 1 && value[0] == 0x2D : index == 0
    }
}
