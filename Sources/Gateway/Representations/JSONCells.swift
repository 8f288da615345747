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

    func capacity(_ values: UnsafeBufferPointer<RecordRow.Value>) -> Int {
        var bytes = fixed
        for column in columns {
            switch values[column.index] {
            case .text(let text): bytes += text.count * 6 + 2
            case .place(let place): bytes += place.count
            case .null, .integer: break
            }
        }
        return bytes
    }

    /// Writes every member with a comma before it.
    func write(_ values: UnsafeBufferPointer<RecordRow.Value>, to pen: inout BytePen) {
        for column in columns {
            pen.put(column.prefix)
            switch values[column.index] {
            case .null: pen.put(Token.null)
            case .integer(let number) where column.style == .boolean: pen.put(number == 0 ? Token.false : Token.true)
            case .integer(let number): pen.putNumber(number)
            case .place(let place): pen.put(place)
            case .text(let text):
                if column.style == .number, CellStyle.isNumber(text) { pen.put(text) } else { pen.putJSON(text) }
            }
        }
    }
}

/// Bytes that many records share.
enum Token {
    static let null = Array("null".utf8)
    static let `true` = Array("true".utf8)
    static let `false` = Array("false".utf8)
}
