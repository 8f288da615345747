import Foundation

/// What the program `Allocations` prints. It counts in a process of its own, because nobody can tell one test's
/// allocations from another's.
enum AllocationReport {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Allocations a record, by what was counted.
    static let result = Result { try run() }

    static var isCounted: Bool {
        if case .success(let counted) = result { !counted.isEmpty } else { true }
    }

    private static func run() throws -> [String: Double] {
        let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "Allocations")
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let process = Process()
        process.executableURL =
            FileManager.default.isExecutableFile(atPath: beside.path)
            ? beside : root.appending(path: ".build/debug/Allocations")
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "Allocations ended with \(process.terminationStatus): \(text)")
        }
        guard !text.hasPrefix("not counted") else { return [:] }
        let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        return Dictionary(
            uniqueKeysWithValues: lines.map { words in
                (words.dropLast().joined(separator: " "), words.last.flatMap { Double($0) } ?? .infinity)
            })
    }
}
