/// Rows in aligned columns, for a terminal: a Chinese character is as wide as two letters.
struct TextTable {
    private var rows: [[String]]

    init(_ header: [String]) { rows = [header] }

    mutating func append(_ row: [String]) { rows.append(row) }

    var text: String { lines(rows).joined(separator: "\n") }

    /// The table with the words of its last column on lines of their own where they would go beyond a width.
    func wrapped(at width: Int) -> String {
        let last = widths.dropLast().reduce(0) { $0 + $1 + 2 }
        let room = max(width - last, TextTable.narrowest)
        let broken = rows.flatMap { row -> [[String]] in
            let parts = TextTable.words(row.last ?? "", at: room)
            return parts.enumerated().map { number, part in
                (number == 0 ? Array(row.dropLast()) : row.dropLast().map { _ in "" }) + [part]
            }
        }
        return lines(broken).joined(separator: "\n")
    }

    /// The last column is not wrapped to less.
    private static let narrowest = 30

    private var widths: [Int] {
        (0..<(rows.map(\.count).max() ?? 0)).map { column in
            rows.map { $0.count > column ? TextTable.width($0[column]) : 0 }.max() ?? 0
        }
    }

    private func lines(_ rows: [[String]]) -> [String] {
        let widths = widths
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 {
                    line += String(repeating: " ", count: widths[column] - TextTable.width(cell) + 2)
                }
            }
            return line
        }
    }

    /// A text in lines that are broken at blanks; a longer word has a line to itself.
    private static func words(_ text: String, at room: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ").map(String.init) {
            if let line = lines.last, width(line) + 1 + width(word) <= room {
                lines[lines.count - 1] = "\(line) \(word)"
            } else {
                lines.append(word)
            }
        }
        return lines.isEmpty ? [""] : lines
    }

    /// Columns of a terminal that a text takes; escapes for colour take none.
    static func width(_ text: String) -> Int {
        var width = 0
        var isEscape = false
        for scalar in text.unicodeScalars {
            if scalar == "\u{1B}" { isEscape = true }
            if isEscape {
                if scalar == "m" { isEscape = false }
                continue
            }
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
                0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
                width += 2
            default: width += 1
            }
        }
        return width
    }
}
