import Model

/// Reads `codelists/<name>.csv`: comment lines with title and standard, a header, a row a code.
///
/// ```
/// # title: 性别; title_en: Sex; standard: GB/T 2261.1
/// code,title,title_en,valid_from,valid_to,successor
/// 1,男,Male,,,
/// ```
struct CodeListReader {
    let file: String
    var diagnostics: [Diagnostic] = []
    private static let header = ["code", "title", "title_en", "valid_from", "valid_to", "successor"]

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
        return CodeList(
            name: name, title: about["title"] ?? name, standard: about["standard"], codes: codes(table.rows))
    }

    private mutating func codes(_ rows: [[CommaSeparated.Value]]) -> [CodeList.Code] {
        guard let header = rows.first, header.map(\.text) == Self.header else {
            report(
                rows.first?.first?.place ?? .start, "the header is not that of a code list",
                "Write `\(Self.header.joined(separator: ","))`.")
            return []
        }
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
        guard row.count == Self.header.count else {
            report(
                row[0].place, "the row has \(row.count) values",
                "Write \(Self.header.count), as the header has; quote a value with a comma.")
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
            successor: optional(row[5]))
    }

    /// What the comment lines say: `name: value` pairs, separated by semicolons.
    private static func about(_ text: String) -> [String: String] {
        var about: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline).prefix(while: { $0.hasPrefix("#") }) {
            for part in line.dropFirst().split(separator: ";") {
                let halves = part.split(separator: ":", maxSplits: 1).map { $0.trimmed }
                if halves.count == 2 { about[halves[0]] = halves[1] }
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
