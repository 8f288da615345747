import Foundation
import HTTPTypes
import Model
import Store
import Testing

@testable import Gateway

/// The documents are part of the interface: what they leave out or get wrong fails here.
@Suite struct DocumentationTests {
    @Test func `every fault code has its row`() throws {
        let rows = try rows(of: "docs/errors.md").filter { $0.count == 5 && $0[0].hasPrefix("`") }
        #expect(rows.map { $0[0].trimming("`") }.sorted() == FaultCode.allCases.map(\.rawValue).sorted())
        for row in rows {
            let code = try #require(FaultCode(rawValue: row[0].trimming("`")))
            #expect(row[1] == String(code.status.code), "\(code.rawValue)")
            #expect(row[4] == (code.isRetryable ? "yes" : "no"), "\(code.rawValue)")
            #expect(!row[2].isEmpty && !row[3].isEmpty)
        }
    }

    @Test func `every address has its row with its parameters`() throws {
        let rows = try rows(of: "docs/http.md").filter { $0.count == 3 && $0[0].hasPrefix("`/") }
        #expect(rows.map { $0[0].trimming("`") } == Route.allCases.map(\.template))
        for row in rows {
            let route = try #require(Route(rawValue: row[0].trimming("`")))
            let named = row[1].split(separator: "`").map(String.init).filter { $0.allSatisfy(\.isLetter) }
            #expect(named == route.parameters, "\(route)")
        }
    }

    @Test func `every parameter and member is explained`() throws {
        let rows = try rows(of: "docs/http.md").filter { $0[0].hasPrefix("`") }
        let explained = rows.flatMap { $0[0].split(separator: ", ").map { String($0).trimming("`") } }
        for parameter in Set(Route.allCases.flatMap(\.parameters)) {
            #expect(explained.contains(parameter), "\(parameter)")
        }
        for member in SearchBody.members { #expect(explained.contains(member), "\(member)") }
        for form in Representation.allCases { #expect(explained.contains(form.rawValue), "\(form)") }
    }

    private func rows(of document: String) throws -> [[String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: document), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { String($0).trimming(" ") }
        }
    }
}

extension String {
    fileprivate func trimming(_ characters: String) -> String {
        trimmingCharacters(in: CharacterSet(charactersIn: characters))
    }
}
