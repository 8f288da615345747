/// Rows of comma-separated values (RFC 4180), with the place of each value.
struct CommaSeparated {
    struct Value: Equatable {
        var text: String
        let place: Place
    }

    private(set) var rows: [[Value]] = []
    /// Where a quoted value begins that does not end.
    private(set) var unended: Place?

    /// Reads a text; blank lines and, before the first row, lines that begin with `#` are no rows.
    init(_ text: String) {
        var scan = Scan(scalars: Array(text.unicodeScalars))
        while !scan.isAtEnd {
            if scan.skipsLine(comments: rows.isEmpty) { continue }
            rows.append(row(&scan))
        }
    }

    private mutating func row(_ scan: inout Scan) -> [Value] {
        var values: [Value] = []
        while true {
            values.append(value(&scan))
            guard scan.take(",") else { break }
        }
        scan.endLine()
        return values
    }

    private mutating func value(_ scan: inout Scan) -> Value {
        let place = scan.place
        guard scan.take("\"") else {
            return Value(text: scan.takeWhile { $0 != "," && $0 != "\n" && $0 != "\r" }, place: place)
        }
        var text = ""
        while true {
            text += scan.takeWhile { $0 != "\"" }
            guard scan.take("\"") else {
                unended = unended ?? place
                break
            }
            guard scan.take("\"") else { break }
            text += "\""
        }
        // What stands between the closing quote and the comma is kept, so that it is seen.
        text += scan.takeWhile { $0 != "," && $0 != "\n" && $0 != "\r" }
        return Value(text: text, place: place)
    }

    private struct Scan {
        let scalars: [Unicode.Scalar]
        var index = 0
        var place = Place.start

        var isAtEnd: Bool { index >= scalars.count }

        mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard !isAtEnd, scalars[index] == scalar else { return false }
            advance()
            return true
        }

        mutating func takeWhile(_ isTaken: (Unicode.Scalar) -> Bool) -> String {
            var text = String.UnicodeScalarView()
            while !isAtEnd, isTaken(scalars[index]) {
                text.append(scalars[index])
                advance()
            }
            return String(text)
        }

        mutating func endLine() {
            _ = take("\r")
            _ = take("\n")
        }

        mutating func skipsLine(comments: Bool) -> Bool {
            let first = scalars[index]
            if first == "\n" || first == "\r" {
                endLine()
                return true
            }
            guard comments, first == "#" else { return false }
            _ = takeWhile { $0 != "\n" }
            endLine()
            return true
        }

        private mutating func advance() {
            if scalars[index] == "\n" {
                place = Place(line: place.line + 1, column: 1)
            } else {
                place.column += 1
            }
            index += 1
        }
    }
}
