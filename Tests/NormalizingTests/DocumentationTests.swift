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
