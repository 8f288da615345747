/// Rows as JSON.
enum JSONText {
    static func object(_ row: Row) -> String { object(row.columns) }

    static func object(_ columns: some Sequence<Row.Column>) -> String {
        var text = "{"
        for column in columns {
            if text.utf8.count > 1 { text += "," }
            text += string(column.name) + ":" + value(column.cell)
        }
        return text + "}"
    }

    static func array(_ rows: [Row]) -> String { "[" + rows.map(object).joined(separator: ",") + "]" }

    static func value(_ cell: Row.Cell) -> String {
        switch cell {
        case .text(let text): string(text)
        case .literal(let text): text
        case .null: "null"
        }
    }

    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 32:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
