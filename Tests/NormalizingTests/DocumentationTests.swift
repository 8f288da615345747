import Foundation
import Model
import Standards
import Testing

@testable import Normalizing

@Suite struct DocumentationTests {
    private func page(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "docs/\(name).md"), encoding: .utf8)
    }

    @Test func everyRuleIsExplained() throws {
        let text = try page("findings")
        for rule in FindingRule.allCases {
            #expect(text.contains("| `\(rule.rawValue)` | \(rule.severity.rawValue) |"), "\(rule.rawValue)")
        }
        // And nothing is explained that is not there.
        let explained = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.count
        #expect(explained == FindingRule.allCases.count)
    }

    /// What officials read says of every rule what is wrong and what to do, and the page says the same.
    @Test func everyRuleIsExplainedInChinese() throws {
        let text = try page("findings.zh")
        for rule in FindingRule.allCases {
            let severity = rule.severity == .error ? "错误" : "提示"
            #expect(text.contains("| `\(rule.rawValue)` | \(severity) | \(rule.explanation) |"), "\(rule.rawValue)")
            let isAction = ["请", "常见的是"].contains { rule.explanation.contains($0) }
            #expect(rule.explanation.hasSuffix("。") && isAction, "\(rule.explanation)")
            // A warning says that the value was kept, or what stands for it.
            let isKept = ["已保留", "按原值保留"].contains { rule.explanation.contains($0) }
            #expect(isKept == (rule.severity == .warning), "\(rule.explanation)")
        }
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("| `") }.count == FindingRule.allCases.count)
    }

    @Test func everyTypeIsExplainedAndHasAMask() throws {
        let text = try page("types")
        for type in FieldType.allCases {
            #expect(text.contains("| `\(type.rawValue)` |"), "\(type.rawValue)")
            #expect(Mask(rawValue: type.rawValue) != nil, "\(type.rawValue)")
        }
    }

    @Test func everyUnitIsExplained() throws {
        let text = try page("types")
        for unit in Measure.names { #expect(text.contains("`\(unit)`"), "\(unit)") }
    }

    @Test func everyMessageIsASentence() {
        let field = Field(name: "f", title: "数据项", source: .path("f"), list: "l")
        for rule in FindingRule.allCases {
            let message = rule.message(field)
            let isContinued = rule == .codeExpired || rule == .divisionExpired
            #expect(message.hasPrefix("数据项 (f) ") && message.hasSuffix(".") != isContinued, "\(message)")
        }
    }
}
