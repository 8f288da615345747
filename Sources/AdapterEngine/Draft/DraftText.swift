import Model

/// A draft written as an entry's file, in the order that entries are written in.
struct DraftText {
    let format: SourceFormat
    let address: DraftAddress
    let surroundings: DraftSurroundings
    let fields: [DraftField]
    let records: Int
    /// The adapter that the answer is one for.
    let adapter: Manifest?

    /// The field that looks most like what identifies a record.
    private var key: String? {
        fields.filter { $0.identity > 0 }.sorted { $0.identity > $1.identity }.first?.name
    }

    var yaml: String {
        let others = fields.filter { $0.isUnique && $0.name != key }.map(\.name)
        let grade = fields.compactMap(\.grade).max() ?? 2
        let lines =
            [
                "# Drafted from \(address.base)\(address.path): \(records) record\(records == 1 ? "" : "s") looked at.",
                "# Fill in what says TODO and correct what was guessed wrongly; then huitong check FILE, huitong preview FILE,",
                "# huitong catalog register FILE --reason ….",
                "entry: \(address.entryName)",
                "title: TODO  # the dataset's name",
                "department: TODO  # a department of departments.yaml",
                "update: daily",
                "grade: \(grade)",
                "share: {type: conditional}",
                "",
            ] + source + [
                "schedule: {cron: \"15 2 * * *\", jitter: 10m}",
                "delivers: snapshot",
                "",
                "key: [\(key ?? "TODO")]" + comment(keyComment(others)),
                "fields:",
            ] + fields.map(line)
        return lines.joined(separator: "\n")
    }

    private func keyComment(_ others: [String]) -> String {
        others.isEmpty ? "" : "also different in every record: \(others.joined(separator: ", "))"
    }

    private var source: [String] {
        var lines = ["source:"]
        if let adapter {
            lines.append(
                "  # The answer looks like \(adapter.title): `adapter: \(adapter.name)` knows its pages and errors; "
                    + "huitong adapter show \(adapter.name)")
        }
        lines += [
            "  system: TODO  # a system of that department, with `base: \(address.base)`",
            "  adapter: http-\(format.rawValue)", "  with:", "    path: \(Self.quoted(address.path))",
        ]
        if let records = surroundings.records { lines.append("    records: \(Self.quoted(records))") }
        for parameter in surroundings.parameters + address.paging {
            let isBare = ["page_size", "first_page", "lines", "header"].contains(parameter.name)
            lines.append("    \(parameter.name): \(Self.quoted(parameter.value, isNumber: isBare))")
        }
        if let cursor = surroundings.cursor, address.paging.isEmpty {
            lines.append(
                "    # The answer may name its next page: paging: cursor, cursor_path: \(Self.quoted(cursor)), cursor_parameter: …"
            )
        } else if let total = surroundings.total, total > records, address.paging.isEmpty {
            lines.append(
                "    # The answer promises \(total) records and holds \(records): paging: page, page_parameter: …, size_parameter: …"
            )
        }
        if !address.secrets.isEmpty {
            lines.append(
                "    # Left out of the path, because it belongs into the system's credential: \(address.secrets.joined(separator: ", "))"
            )
        }
        return lines
    }

    private func line(_ field: DraftField) -> String {
        var parts = ["title: \(Self.quoted(field.title))"]
        if field.path != field.name { parts.append("from: \(Self.quoted(field.path))") }
        parts.append("type: \(field.type.rawValue)")
        if let format = field.format { parts.append("format: \(format)") }
        if let crs = field.crs { parts.append("crs: \(crs)") }
        if field.name == key { parts.append("required: true") }
        if let grade = field.grade { parts.append("grade: \(grade)") }
        let text = "\(field.name): {\(parts.joined(separator: ", "))}\(comment(field.comment))"
        return field.isList ? "  # \(text)" : "  \(text)"
    }

    private func comment(_ text: String) -> String { text.isEmpty ? "" : "  # \(text)" }

    /// A YAML scalar that reads as this text, within a flow mapping too.
    static func quoted(_ text: String, isNumber: Bool = false) -> String {
        if isNumber { return text }
        let isPlain =
            text.first.map { $0.isLetter || $0 == "/" } == true && text.last != " "
            && text.allSatisfy { $0.isLetter || $0.isNumber || "/_-.=".contains($0) }
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        if isPlain { return text }
        return "'" + text.replacing("'", with: "''").filter { !$0.isNewline } + "'"
    }
}
