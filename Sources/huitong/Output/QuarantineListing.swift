import Model
import Normalizing
import Store

/// Refused records as a department gets them: a line for each finding, with the place to look at.
struct QuarantineListing {
    let records: [QuarantinedRecord]

    private var rows: [[String]] {
        records.flatMap { record in
            record.refusal.findings.map { finding in
                [
                    String(record.number), record.entry, String(record.run), String(record.refusal.locator.page),
                    String(record.refusal.locator.record), finding.field, finding.path ?? "", finding.rule,
                    finding.value ?? "", finding.message, FindingRule(rawValue: finding.rule)?.explanation ?? "",
                ]
            }
        }
    }

    private static let header = [
        "number", "entry", "run", "page", "record", "field", "path", "rule", "value", "message", "explanation",
    ]

    var text: String {
        guard !records.isEmpty else { return "the quarantine is empty" }
        // What is explained in Chinese is for the file that goes to the department: lines are long enough.
        var table = TextTable(QuarantineListing.header.dropLast().map { $0.uppercased() })
        for row in rows { table.append(Array(row.dropLast())) }
        return table.text + "\n\(records.count) \(records.count == 1 ? "record" : "records")"
    }

    /// RFC 4180, with a mark that tells Excel the text is UTF-8.
    var csv: String {
        let lines = ([QuarantineListing.header] + rows).map { $0.map(QuarantineListing.quoted).joined(separator: ",") }
        return "\u{FEFF}" + lines.joined(separator: "\r\n") + "\r\n"
    }

    /// A text that a spreadsheet would run as a formula has an apostrophe before it.
    private static func quoted(_ text: String) -> String {
        let safe = text.first.map { "=+-@\t\r".contains($0) } == true ? "'" + text : text
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
