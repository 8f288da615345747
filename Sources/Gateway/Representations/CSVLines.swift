import Model
import Store

/// A record as a line of CSV (RFC 4180): every text quoted, numbers and booleans bare, null nothing at all.
///
/// A text that a spreadsheet would run as a formula has an apostrophe before it, and one that begins with an apostrophe
/// another: without its first apostrophe, each is as it was (docs/decisions/0010). For Excel, a text made of digits that Excel
/// would read as a number and cut short has a tab before it, which Excel does not show.
struct CSVLines: RecordForm {
    private let fields: [CollectionField]
    private let styles: [CellStyle]
    /// Texts that Excel must not take for a number: all but dates.
    private let isIdentifier: [Bool]
    /// Whether the answer is for Excel: it begins with a byte order mark.
    private let isForExcel: Bool

    init(_ fields: [CollectionField], isForExcel: Bool) {
        self.fields = fields
        styles = fields.map(CellStyle.init)
        isIdentifier = fields.map { $0.type != .date && $0.type != .datetime }
        self.isForExcel = isForExcel
    }

    /// The line of names, after the mark where there is one.
    var header: [UInt8] {
        let names = ["_id"] + fields.map(\.name) + ["_revision", "_publishedAt", "_stale"]
        let mark: [UInt8] = isForExcel ? [0xEF, 0xBB, 0xBF] : []
        return mark + Array(names.joined(separator: ",").utf8) + [0x0D, 0x0A]
    }

    func capacity(_ row: RecordRow) -> Int {
        var bytes = row.id.count * 2 + 64 + row.envelope.publishedAt.utf8.count
        for value in row.values {
            switch value {
            case .text(let text), .place(let text): bytes += text.count * 2 + 4
            case .null, .integer: bytes += 21
            }
        }
        return bytes
    }

    func write(_ row: RecordRow, to pen: inout BytePen) {
        putText(row.id, isIdentifier: true, to: &pen)
        for column in fields.indices {
            pen.put(UInt8(ascii: ","))
            put(row.values[column], column, to: &pen)
        }
        pen.put(UInt8(ascii: ","))
        pen.putNumber(row.envelope.revision)
        pen.put(UInt8(ascii: ","))
        pen.put(row.envelope.publishedAt)
        pen.put(UInt8(ascii: ","))
        if row.envelope.isStale { pen.put(Token.true) }
        pen.put(UInt8(ascii: "\r"))
        pen.put(UInt8(ascii: "\n"))
    }

    private func put(_ value: RecordRow.Value, _ column: Int, to pen: inout BytePen) {
        switch value {
        case .null: break
        case .integer(let number) where styles[column] == .boolean: pen.put(number == 0 ? Token.false : Token.true)
        case .integer(let number): pen.putNumber(number)
        case .place(let place): pen.putCSV(place)
        case .text(let text):
            if styles[column] == .number, CellStyle.isNumber(text) {
                pen.put(text)
            } else {
                putText(text, isIdentifier: isIdentifier[column], to: &pen)
            }
        }
    }

    private func putText(_ text: UnsafeRawBufferPointer, isIdentifier: Bool, to pen: inout BytePen) {
        if FormulaGuard.isNeeded(text) {
            pen.putCSV(text, guardedBy: UInt8(ascii: "'"))
        } else if isForExcel, isIdentifier, CSVLines.wouldBecomeNumber(text) {
            pen.putCSV(text, guardedBy: UInt8(ascii: "\t"))
        } else {
            pen.putCSV(text)
        }
    }

    /// Whether Excel would make another number of it: leading zeros, more digits than it shows, an exponent, a date.
    static func wouldBecomeNumber(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let first = text.first, text.contains(where: { (0x30...0x39).contains($0) }) else { return false }
        var isDigits = true
        for byte in text {
            switch byte {
            case 0x30...0x39: continue
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "-"), UInt8(ascii: "/"),
                UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "%"):
                isDigits = false
            default: return false
            }
        }
        return !isDigits || text.count > 11 || (first == 0x30 && text.count > 1)
    }
}
