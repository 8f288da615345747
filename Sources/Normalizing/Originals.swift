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
    /// - Parameters:
    ///   - cells: the index of the record's first cell.
    ///   - troubles: what is wrong with the record.
    /// - Returns: where it stands.
    func write(
        _ raw: RawBatch, _ record: Int, cells: Int, troubles: [Trouble], into batch: inout RecordBatch
    ) -> Range<Int> {
        let start = batch.bytes.count
        for index in columns.indices where columns[index].first >= 0 {
            let cell = batch.cells[cells + index]
            if cell.kind == .null, troubles.contains(where: { $0.column == index }) { continue }
            write(raw, record, index, cell, isFirst: batch.bytes.count == start, into: &batch.bytes)
        }
        guard batch.bytes.count > start else { return 0..<0 }
        batch.bytes.append(0x7D)
        return start..<batch.bytes.count
    }

    private func write(
        _ raw: RawBatch, _ record: Int, _ index: Int, _ cell: RecordBatch.Cell, isFirst: Bool, into bytes: inout [UInt8]
    ) {
        let column = columns[index]
        withRaw(raw, record, column.place(of: record, in: raw), otherwise: ()) { value, kind in
            guard column.second >= 0 || !isSame(value, kind, cell, column.type, bytes) else { return }
            bytes.append(isFirst ? 0x7B : 0x2C)
            bytes.append(contentsOf: labels[index])
            bytes.append(0x22)
            Self.append(value, to: &bytes)
            if column.second >= 0 {
                withRaw(raw, record, column.second, otherwise: ()) { northing, _ in
                    bytes.append(0x20)
                    Self.append(northing, to: &bytes)
                }
            }
            bytes.append(0x22)
        }
    }

    /// Whether the normal form is what the source wrote.
    private func isSame(
        _ value: Span<UInt8>, _ kind: RawBatch.Kind, _ cell: RecordBatch.Cell, _ type: FieldType, _ bytes: [UInt8]
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
