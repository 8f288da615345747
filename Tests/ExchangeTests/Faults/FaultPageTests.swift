import Foundation
import Testing

/// The page that says what becomes of departments that fail is written from the table that is tested.
@Suite struct FaultPageTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/reliability.md")
    private static let header = "| The department … | Run | Code | Requests | What an operator reads |"

    @Test func thePageHasTheTablesRowsAndNoOthers() throws {
        var lines = try String(contentsOf: Self.page, encoding: .utf8).components(separatedBy: "\n")
        let start = try #require(lines.firstIndex(of: Self.header)) + 2
        let end = lines[start...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
        let rows = FaultCase.all.map(\.row)
        if ProcessInfo.processInfo.environment["HUITONG_RECORD"] != nil {
            lines.replaceSubrange(start..<end, with: rows)
            try lines.joined(separator: "\n").write(to: Self.page, atomically: true, encoding: .utf8)
        } else {
            #expect(Array(lines[start..<end]) == rows)
        }
    }

    @Test func noTwoCasesAreOne() {
        #expect(Set(FaultCase.all.map(\.name)).count == FaultCase.all.count)
    }
}
