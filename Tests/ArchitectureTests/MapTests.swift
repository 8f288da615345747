import Foundation
import Testing

/// What the pages say of the code is there.
@Suite struct MapTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func names(below folders: [String]) -> Set<String> {
        var names: Set<String> = []
        for folder in folders {
            let files = FileManager.default.enumerator(
                at: root.appending(path: folder), includingPropertiesForKeys: nil)
            while let file = files?.nextObject() as? URL { names.insert(file.lastPathComponent) }
        }
        return names
    }

    @Test(arguments: ["docs/architecture.md", "SECURITY.md", "CONTRIBUTING.md"])
    func everyFileThatAPageNamesExists(_ page: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
        let names = Self.names(below: ["Sources", "Tests", "Benchmarks"])
        let mentioned = text.matches(of: /[A-Za-z0-9+]+\.swift/).map { String($0.output) }
        #expect(!mentioned.isEmpty)
        for name in Set(mentioned) { #expect(names.contains(name), "\(page) names \(name)") }
    }

    @Test func everyTargetIsOnTheMap() throws {
        let map = try String(contentsOf: Self.root.appending(path: "docs/architecture.md"), encoding: .utf8)
        for target in FloorTests.floors.flatMap(\.self) { #expect(map.contains("`\(target)`"), "\(target)") }
    }
}
