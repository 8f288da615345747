import Model

/// Reads `codelists/<name>.csv`: comment lines that say what the list is, a header, a row a code.
///
/// ```
/// # title: 性别; title_en: Sex; standard: GB/T 2261.1-2003; valid_from: 2003-12-01
/// # source: 国家标准全文公开系统 openstd.samr.gov.cn
/// code,title,title_en,valid_from,valid_to,successor
/// 1,男,Male,,,
/// ```
///
/// A column `source` after the others is for codes that come from another document than the list.
struct CodeListReader {
    let file: String
    var diagnostics: [Diagnostic] = []
    private static let header = ["code", "title", "title_en", "valid_from", "valid_to", "successor"]
    private static let headerWithSource = header + ["source"]
    /// Columns that the header of this file has.
    private var width = header.count

    init(file: String) { self.file = file }

    mutating func list(named name: String, _ text: String) -> CodeList {
        let about = Self.about(text)
        if about["title"] == nil {
            report(.start, "the list has no title", "Begin with a line like `# title: 性别; standard: GB/T 2261.1`.")
        }
        let table = CommaSeparated(text)
        if let place = table.unended {
            report(place, "a quoted value does not end", "Close it with `\"`, and double the quotes inside of it.")
        }
        let from = about["valid_from"].flatMap { date($0) }
        let to = about["valid_to"].flatMap { date($0) }
        if let place = about["valid_to"]?.place, let from, let to, to < from {
            report(place, "the list ends before it begins", "Exchange the dates.")
        }
        return CodeList(
            name: name, title: about["title"]?.text ?? name, standard: about["standard"]?.text,
            source: about["source"]?.text, validFrom: from, validTo: to, codes: codes(table.rows))
    }

    private mutating func codes(_ rows: [[CommaSeparated.Value]]) -> [CodeList.Code] {
        guard let header = rows.first, [Self.header, Self.headerWithSource].contains(header.map(\.text)) else {
            report(
                rows.first?.first?.place ?? .start, "the header is not that of a code list",
                "Write `\(Self.header.joined(separator: ","))`, and `,source` where codes have sources of their own.")
            return []
        }
        width = header.count
        var codes: [CodeList.Code] = []
        var known: Set<String> = []
        var successors: [(code: String, value: CommaSeparated.Value)] = []
        for row in rows.dropFirst() {
            guard let code = code(row) else { continue }
            guard known.insert(code.code).inserted else {
                report(row[0].place, "code `\(code.code)` is there already", "Keep one row a code.")
                continue
            }
            if code.successor != nil { successors.append((code.code, row[5])) }
            codes.append(code)
        }
        checkSuccessors(successors, known: known)
        return codes
    }

    private mutating func code(_ row: [CommaSeparated.Value]) -> CodeList.Code? {
        guard row.count == width else {
            report(
                row[0].place, "the row has \(row.count) values",
                "Write \(width), as the header has; quote a value with a comma.")
            return nil
        }
        for value in row.prefix(2) where value.text.isEmpty {
            report(value.place, "a code or its title is empty", "Write both.")
            return nil
        }
        let from = date(row[3])
        let to = date(row[4])
        if let from, let to, to < from {
            report(row[4].place, "code `\(row[0].text)` ends before it begins", "Exchange the dates.")
        }
        func optional(_ value: CommaSeparated.Value) -> String? { value.text.isEmpty ? nil : value.text }
        return CodeList.Code(
            code: row[0].text, title: row[1].text, titleEnglish: optional(row[2]), validFrom: from, validTo: to,
            successor: optional(row[5]), source: row.count > 6 ? optional(row[6]) : nil)
    }

    /// What the comment lines say: `name: value` pairs, separated by semicolons.
    private static func about(_ text: String) -> [String: CommaSeparated.Value] {
        var about: [String: CommaSeparated.Value] = [:]
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.prefix(while: { $0.hasPrefix("#") }).enumerated() {
            for part in line.dropFirst().split(separator: ";") {
                let halves = part.split(separator: ":", maxSplits: 1)
                guard halves.count == 2, !halves[1].trimmed.isEmpty else { continue }
                let before = line[..<halves[1].startIndex].unicodeScalars.count
                let blanks = halves[1].prefix(while: \.isWhitespace).count
                about[halves[0].trimmed] = CommaSeparated.Value(
                    text: halves[1].trimmed, place: Place(line: number + 1, column: before + blanks + 1))
            }
        }
        return about
    }
}

extension Substring {
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
