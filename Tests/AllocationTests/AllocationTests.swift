import Foundation
import Testing

/// How often the hot functions ask for memory, by the program `Allocations`: in a process of its own, because nobody can
/// tell one test's allocations from another's.
@Suite(
    .enabled(if: FileManager.default.isExecutableFile(atPath: AllocationTests.program.path), "Allocations is not built")
)
struct AllocationTests {
    /// The most that each may cost a record. Times are told and never judged; these hold on any machine.
    static let limits: [String: Double] = [
        "parse json": 1, "parse xml": 1, "parse csv": 1, "normalise": 1, "stage load": 1, "stage unchanged": 1,
    ]

    static let program: URL = {
        let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "Allocations")
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return FileManager.default.isExecutableFile(atPath: beside.path)
            ? beside : root.appending(path: ".build/debug/Allocations")
    }()

    @Test func aRecordCostsWhatItMay() throws {
        let process = Process()
        process.executableURL = Self.program
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        guard !text.hasPrefix("not counted") else { return }
        var counted: [String: Double] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            counted[words.dropLast().joined(separator: " ")] = words.last.flatMap { Double($0) }
        }
        #expect(Set(counted.keys) == Set(Self.limits.keys))
        for (name, limit) in Self.limits {
            let cost = try #require(counted[name], "\(name): \(text)")
            #expect(cost <= limit, "\(name) asks for memory \(cost) times a record; \(limit) is what it may")
        }
    }
}
