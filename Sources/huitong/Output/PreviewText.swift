import Exchange
import Model

/// A preview for people: one record after the other, raw beside normal, field by field.
struct PreviewText {
    let entry: Entry
    let preview: Preview

    var text: String {
        let style = Style()
        let total = preview.promised.map { ", of \($0) promised" } ?? ""
        var lines = ["\(entry.name): \(preview.read) records on the page\(total)"]
        if let said = preview.said { lines += ["the program said:"] + said.map { "  \($0)" } }
        for record in preview.records {
            let state = record.isRefused ? style.red("  refused") : record.isRemoved ? "  removed" : ""
            lines.append("")
            lines.append(style.bold("record \(record.locator.record) of page \(record.locator.page)") + state)
            lines.append(table(record, style))
            lines += record.findings.map { style.yellow("  \($0.field): \($0.message) [\($0.rule)]") }
        }
        return lines.joined(separator: "\n")
    }

    private func table(_ record: Preview.Record, _ style: Style) -> String {
        let raw = Dictionary(record.raw.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let normal = Dictionary(record.normal.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        var table = TextTable(["  FIELD", "RAW", "NORMAL"])
        for field in entry.fields {
            let sent = field.source.paths.map { raw[$0].flatMap { $0 }.map { $0.isEmpty ? "\"\"" : $0 } ?? "-" }
                .joined(separator: ", ")
            table.append([
                "  \(field.name)", shortened(sent.isEmpty ? "(constant)" : sent),
                record.isRefused ? "" : shortened(normal[field.name].flatMap { $0 } ?? "-"),
            ])
        }
        return table.text
    }

    private func shortened(_ text: String) -> String {
        let line = text.replacing("\n", with: " ")
        return line.count > 60 ? line.prefix(59) + "…" : line
    }
}
