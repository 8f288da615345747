import Model
import Store

/// Findings as people read them: which record, where it stood, what is wrong.
enum FindingText {
    static func table(_ findings: [RecordedFinding]) -> String {
        if findings.isEmpty { return "nothing is wrong with the records that are served" }
        var table = TextTable(["RECORD", "RUN", "PAGE", "NUMBER", "FIELD", "PATH", "VALUE", "FINDING"])
        for found in findings {
            table.append([
                found.id, String(found.run), found.locator.map { String($0.page) } ?? "-",
                found.locator.map { String($0.record) } ?? "-", found.finding.field, found.finding.path ?? "-",
                found.finding.value ?? "-",
                "\(found.finding.message) [\(found.finding.rule)]",
            ])
        }
        return table.text
    }

    static func csv(_ findings: [RecordedFinding]) -> String {
        let rows = findings.map { found in
            [
                found.id, String(found.run), found.locator.map { String($0.page) } ?? "",
                found.locator.map { String($0.record) } ?? "", found.finding.field, found.finding.path ?? "",
                found.finding.rule, found.finding.value ?? "", found.finding.message,
                DepartmentFile.explanation(of: found.finding.rule),
            ]
        }
        return DepartmentFile(
            header: ["id", "run", "page", "record", "field", "path", "rule", "value", "message", "explanation"],
            rows: rows
        ).text
    }
}
