import Foundation
import Testing

/// An error that no test produces is a promise that nobody holds.
@Suite struct ErrorTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every case of `FaultCode` with its code.
    private static func codes() throws -> [(name: String, code: String)] {
        let file = root.appending(path: "Sources/Model/FaultCode.swift")
        return try String(contentsOf: file, encoding: .utf8).matches(of: /case (\w+) = "([^"]+)"/).map {
            (String($0.1), String($0.2))
        }
    }

    /// Lines of tests in which something is expected, or listed to be expected: not those that make a fault themselves.
    private static func expectations() throws -> [String] {
        var lines: [String] = []
        for folder in ["Tests", "Sources/StoreConformance"] {
            let files = FileManager.default.enumerator(
                at: root.appending(path: folder), includingPropertiesForKeys: nil)
            while let file = files?.nextObject() as? URL {
                guard file.pathExtension == "swift", file.lastPathComponent != "ErrorTests.swift" else { continue }
                lines += try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
                    .filter { !$0.contains("Fault(") || $0.contains("expect") }
            }
        }
        return lines
    }

    @Test func everyErrorIsProducedByATest() throws {
        let codes = try Self.codes()
        #expect(codes.count > 40)
        let lines = try Self.expectations()
        for (name, code) in codes {
            let named = try Regex("\\.\(name)\\b")
            #expect(
                lines.contains { $0.contains(code) || $0.contains("." + name) && $0.contains(named) },
                "no test expects \(code)")
        }
    }
}
