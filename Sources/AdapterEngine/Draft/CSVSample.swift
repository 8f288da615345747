import Model
import Parsing
import Standards

/// Reads separated values as a list of rows, whose members are called as the header calls them.
struct CSVSample {
    let document: Sample
    /// Parameters of the adapter, where the file is written otherwise than with commas below a header.
    let parameters: [(name: String, value: String)]

    private static let separators: [(byte: UInt8, name: String)] = [
        (UInt8(ascii: ","), ","), (UInt8(ascii: "\t"), "tab"), (UInt8(ascii: ";"), ";"), (UInt8(ascii: "|"), "|"),
    ]

    /// - Throws: `source.malformed` for a quote where none may be, `source.truncated` within quotes.
    init(_ text: [UInt8]) throws(Fault) {
        let first = Self.firstLine(text)
        let separator = Self.separator(first)
        let rows = try Self.rows(text, separator: separator.byte, columns: Self.count(separator.byte, in: first) + 1)
        let hasHeader = rows.first.map { Self.isHeader($0, below: rows.dropFirst()) } ?? true
        let names = hasHeader ? rows.first ?? [] : (1...max(1, rows.first?.count ?? 1)).map(String.init)
        document = .list(
            rows.dropFirst(hasHeader ? 1 : 0).map { row in
                .members(
                    zip(names, row).filter { !$0.0.isEmpty }.map { name, value in
                        Sample.Member(name: name, sample: .value(Sample.Value(kind: .text, text: value)))
                    })
            })
        var parameters: [(name: String, value: String)] = []
        if separator.name != "," { parameters.append(("separator", separator.name)) }
        if !hasHeader { parameters.append(("header", "false")) }
        self.parameters = parameters
    }

    /// Whether a body that nobody calls CSV has rows of several values, all as many as the first.
    static func looksLikeRows(_ body: [UInt8]) -> Bool {
        let lines = body.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).prefix(5)
        guard lines.count >= 2, let first = lines.first, !first.contains(0) else { return false }
        let separator = separator(first).byte
        let values = count(separator, in: first)
        // A separator within quotes is none, and a row may go on in the next line.
        return values > 0 && lines.allSatisfy { count(separator, in: $0) == values }
    }

    private static func firstLine(_ text: [UInt8]) -> ArraySlice<UInt8> {
        text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).first ?? []
    }

    /// The one that parts the line into most values.
    private static func separator(_ line: ArraySlice<UInt8>) -> (byte: UInt8, name: String) {
        var best = separators[0]
        for each in separators where count(each.byte, in: line) > count(best.byte, in: line) { best = each }
        return best
    }

    /// How often a byte stands outside quotes.
    private static func count(_ byte: UInt8, in line: ArraySlice<UInt8>) -> Int {
        var isQuoted = false
        return line.count { each in
            if each == UInt8(ascii: "\"") { isQuoted.toggle() }
            return each == byte && !isQuoted
        }
    }

    /// Every row that has as many values as the first.
    private static func rows(_ text: [UInt8], separator: UInt8, columns: Int) throws(Fault) -> [[String]] {
        var specification = ParseSpecification(
            format: .csv, records: try path(""),
            columns: try (1...columns).map { number throws(Fault) in
                try path(String(number))
            })
        specification.csv = CSVForm(separator: separator, hasHeader: false)
        let parser = try makeParser(specification, page: 1, charset: CharsetHint(setting: "UTF-8"))
        var batch = RawBatch(columns: columns)
        try parser.feed(text, into: &batch)
        _ = try parser.finish(into: &batch)
        return (0..<batch.count).compactMap { record in
            let isBroken = (0..<columns).contains { batch.cell(record, $0).kind == .broken }
            return isBroken ? nil : (0..<columns).map { trimmed(batch.string(record, $0) ?? "") }
        }
    }

    private static func path(_ text: String) throws(Fault) -> SourcePath {
        try PathReader(format: .csv, namespaces: [:]).path(text)
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// Names are all there, all different, and none is a number or a day, of which rows have some.
    private static func isHeader(_ row: [String], below rows: ArraySlice<[String]>) -> Bool {
        if Set(row).count != row.count || row.contains("") { return false }
        return !row.contains { Double($0) != nil || isDay($0) }
    }

    private static func isDay(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count >= 8 && (try? Moment(reading: bytes.span)) != nil
    }
}
