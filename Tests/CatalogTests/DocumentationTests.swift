import Foundation
import Model
import Testing

@testable import Catalog

/// What can be written in a file is in the pages, and nothing else is.
@Suite struct DocumentationTests {
    private func rows(of page: String, under heading: String) throws -> [[String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/\(page).md"), encoding: .utf8)
        let start = try #require(text.firstRange(of: "\n## \(heading)\n"))
        let section = text[start.upperBound...].prefix(upTo: text[start.upperBound...].endOfSection)
        return section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    private func names(_ cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
            .map { String($0.element) }
    }

    @Test func everyKeyOfAManifestIsExplained() throws {
        let rows = try rows(of: "writing-an-adapter", under: "Every key of a manifest")
        #expect(rows.flatMap { names($0[0]) }.sorted() == ManifestKeys.all.sorted())
        #expect(rows.allSatisfy { $0.count == 2 && $0[1].hasSuffix(".") })
    }

    @Test func everyKeyOfATranscriptIsExplained() throws {
        let rows = try rows(of: "writing-an-adapter", under: "Every key of a transcript")
        #expect(rows.flatMap { names($0[0]) }.sorted() == TranscriptKeys.all.sorted())
    }

    @Test(arguments: [
        ("Departments and systems", DepartmentKeys.all), ("Entries", EntryKeys.all), ("Subjects", SubjectKeys.all),
    ])
    func everyKeyOfTheCatalogueIsExplained(heading: String, keys: Set<String>) throws {
        let rows = try rows(of: "catalogue", under: heading)
        #expect(rows.flatMap { names($0[0]) }.sorted() == keys.sorted())
        #expect(rows.allSatisfy { $0.count == 2 && $0[1].hasSuffix(".") })
    }

    @Test func everyUpdateCycleIsExplained() throws {
        let row = try #require(try rows(of: "catalogue", under: "Entries").first { $0[0] == "`update`" })
        #expect(names(row[1]).sorted() == Entry.UpdateCycle.allCases.map(\.rawValue).sorted())
    }

    @Test func everyTypeOfParameterIsExplained() throws {
        let rows = try rows(of: "writing-an-adapter", under: "2. Parameters")
        let types = rows.compactMap { names($0[0]).first }
        #expect(types == Manifest.Parameter.Kind.allCases.map(\.rawValue))
    }

    @Test func everyKindOfCredentialIsExplainedWithItsKeys() throws {
        let rows = try rows(of: "adapters", under: "Credentials")
        for kind in Reader.CredentialKind.allCases {
            let row = try #require(rows.first { names($0[0]) == [kind.rawValue] }, "\(kind.rawValue)")
            #expect(names(row[1]) == kind.keys.filter { $0 != "kind" }, "\(kind.rawValue)")
        }
    }
}

extension Substring {
    /// Where the next heading of the same depth begins.
    fileprivate var endOfSection: Index { firstRange(of: "\n## ")?.lowerBound ?? endIndex }
}
