import Foundation
import Testing

/// Rules of taste that a machine can hold.
@Suite struct TasteTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func sources() -> [URL] {
        let files = FileManager.default.enumerator(
            at: root.appending(path: "Sources"), includingPropertiesForKeys: nil)
        return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
    }

    @Test func aFileSaysOneThing() throws {
        for file in Self.sources() {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 301, "\(file.lastPathComponent) has \(lines.count) lines")
        }
    }

    @Test func aNameSaysWhatItIs() {
        for file in Self.sources() {
            let name = file.deletingPathExtension().lastPathComponent
            for empty in ["Manager", "Helper", "Helpers", "Util", "Utils", "Impl", "Common"] {
                #expect(!name.hasSuffix(empty), "\(name) names no idea")
            }
        }
    }

    /// A class that the compiler cannot prove safe has the proof beside it.
    @Test func uncheckedSendableHasItsProof() throws {
        for file in Self.sources() {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            for (number, line) in lines.enumerated() where line.contains("@unchecked Sendable") {
                let before = lines[max(0, number - 8)..<number]
                #expect(
                    before.contains { $0.trimmingCharacters(in: .whitespaces).hasPrefix("//") },
                    "\(file.lastPathComponent):\(number + 1) says @unchecked Sendable without a proof")
            }
        }
    }

    @Test func nothingIsForcedOutsideOfTests() throws {
        for file in Self.sources() {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(!text.contains("try!"), "\(file.lastPathComponent)")
            #expect(!text.contains("// TODO"), "\(file.lastPathComponent) leaves something undone")
        }
    }
}
