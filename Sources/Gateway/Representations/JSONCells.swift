import Model
import Store

/// The members of a JSON object that a record's cells become.
struct JSONCells: Sendable {
    private struct Column: Sendable {
        var index: Int
        /// `,"name":`
        var prefix: [UInt8]
        var style: CellStyle
    }
    private let columns: [Column]
    private let fixed: Int

    init(_ fields: [CollectionField], leavingOut left: Int? = nil) {
        columns = fields.indices.filter { $0 != left }.map { index in
            var prefix: [UInt8] = [UInt8(ascii: ",")]
            JSONValue.write(fields[index].name, to: &prefix)
            prefix.append(UInt8(ascii: ":"))
            return Column(index: index, prefix: prefix, style: CellStyle(fields[index]))
        }
        fixed = columns.map { $0.prefix.count + 20 }.reduce(0, +)
    }

    func capacity(_ record: Int, of batch: RecordBatch) -> Int {
        var bytes = fixed
        for column in columns {
            let cell = batch.cell(record, column.index)
            if cell.kind == .text { bytes += cell.length * 6 + 2 } else if cell.kind == .place { bytes += cell.length }
        }
        return bytes
    }

    /// Writes every member with a comma before it.
    func write(
        _ record: Int, of batch: RecordBatch, from arena: UnsafeRawBufferPointer, to pen: inout BytePen
    ) {
        for column in columns {
            pen.put(column.prefix)
            JSONCells.write(batch.cell(record, column.index), column.style, from: arena, to: &pen)
        }
    }

    static func write(
        _ cell: RecordBatch.Cell, _ style: CellStyle, from arena: UnsafeRawBufferPointer, to pen: inout BytePen
    ) {
        switch cell.kind {
        case .null: pen.put(Token.null)
        case .integer where style == .boolean: pen.put(cell.integer == 0 ? Token.false : Token.true)
        case .integer: pen.putNumber(cell.integer)
        case .place: pen.put(UnsafeRawBufferPointer(rebasing: arena[cell.range]))
        case .text:
            let text = UnsafeRawBufferPointer(rebasing: arena[cell.range])
            if style == .number, CellStyle.isNumber(text) { pen.put(text) } else { pen.putJSON(text) }
        }
    }
}

/// Bytes that many records share.
enum Token {
    static let null = Array("null".utf8)
    static let `true` = Array("true".utf8)
    static let `false` = Array("false".utf8)
}
