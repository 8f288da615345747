import Gateway
import Normalizing

/// Rows for a department's people: RFC 4180, with a mark that tells Excel the text is UTF-8.
struct DepartmentFile {
    let header: [String]
    let rows: [[String]]

    var text: String {
        let lines = ([header] + rows).map { $0.map(DepartmentFile.quoted).joined(separator: ",") }
        return "\u{FEFF}" + lines.joined(separator: "\r\n") + "\r\n"
    }

    private static func quoted(_ text: String) -> String {
        let safe = Array(text.utf8).withUnsafeBytes { FormulaGuard.isNeeded($0) } ? "'" + text : text
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    /// What a finding's rule means and what to do, in Chinese; empty for a rule of another version.
    static func explanation(of rule: String) -> String {
        FindingRule(rawValue: rule)?.explanation ?? meetings[rule] ?? ""
    }

    /// Rules that are broken where records meet.
    private static let meetings = [
        "record.duplicate": "已保留第一条：同一批次中另有记录主键相同。请每个主键只报送一条。",
        "subject.disagreement": "已采用权威来源的值：另一来源的值与之不一致。请核对，并更正其中一方。",
    ]
}
