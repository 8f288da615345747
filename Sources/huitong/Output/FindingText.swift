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
}
