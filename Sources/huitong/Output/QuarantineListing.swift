import Model
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
                    finding.value ?? "", finding.message, DepartmentFile.explanation(of: finding.rule),
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

    var csv: String { DepartmentFile(header: QuarantineListing.header, rows: rows).text }
}
