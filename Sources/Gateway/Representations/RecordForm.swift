import Hummingbird
import Model
import Store

/// How one record is written: JSON rows, GeoJSON features and CSV lines conform.
protocol RecordForm: Sendable {
    /// Bytes that a record takes at most.
    func capacity(_ row: RecordRow) -> Int
    /// Writes a record.
    func write(_ row: RecordRow, to pen: inout BytePen)
}

extension RecordForm {
    /// Appends a record with what stands around it, from the store's memory to the answer's.
    func append(
        _ row: RecordRow, after separator: [UInt8] = [], before terminator: [UInt8] = [], to buffer: inout ByteBuffer
    ) {
        let capacity = capacity(row) + separator.count + terminator.count
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: capacity) { memory in
            var pen = BytePen(memory)
            pen.put(separator)
            write(row, to: &pen)
            pen.put(terminator)
            return pen.count
        }
    }
}

/// How the cells of a column are written.
enum CellStyle: Sendable {
    case text, number, boolean, place

    init(_ field: CollectionField) {
        switch field.type {
        case .integer, .decimal: self = .number
        case .boolean: self = .boolean
        case .point, .geometry: self = .place
        default: self = .text
        }
    }

    /// Whether bytes are a number in JSON's grammar (RFC 8259, section 6) without an exponent: a masked decimal is not.
    static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
        var index = text.startIndex
        if index < text.endIndex, text[index] == UInt8(ascii: "-") { index += 1 }
        let digits = text[index...].prefix { (0x30...0x39).contains($0) }.count
        guard digits > 0, digits == 1 || text[index] != 0x30 else { return false }
        index += digits
        if index == text.endIndex { return true }
        guard text[index] == UInt8(ascii: ".") else { return false }
        let fraction = text[(index + 1)...]
        return !fraction.isEmpty && fraction.allSatisfy { (0x30...0x39).contains($0) }
    }
}
