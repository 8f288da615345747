import Foundation

/// A Python that another library's opinion is asked of.
struct Python {
    let path: String

    /// - Returns: nil where no Python of this machine has the module.
    static func having(_ module: String) -> Python? {
        for path in ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"]
        where FileManager.default.isExecutableFile(atPath: path) {
            let python = Python(path: path)
            if (try? python.run("import \(module)", input: [])) != nil { return python }
        }
        return nil
    }

    struct Failed: Error {
        var status: Int32
    }

    /// Runs a script that reads lines and prints a line for each.
    func run(_ script: String, input: [String]) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "huitong-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let lines = folder.appending(path: "lines")
        try Data(input.map { $0 + "\n" }.joined().utf8).write(to: lines)
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = ["-X", "utf8", "-c", script]
        process.standardInput = try FileHandle(forReadingFrom: lines)
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
        return String(decoding: answer, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map(String.init)
    }
}
