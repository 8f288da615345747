import Foundation

/// The real program, started as a user would.
struct Program: Sendable {
    struct Outcome: Sendable {
        var status: Int32
        var output: String
        var errors: String
    }

    let folder: URL
    /// Replaces what the tests' own environment says.
    var environment: [String: String] = [:]

    /// An empty folder to work in.
    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "huitong-command-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// The program stands beside the tests.
    static var executable: URL {
        let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates = [tests, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
        return candidates.map { $0.appending(path: "huitong") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? tests.appending(path: "huitong")
    }

    static var repository: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// Runs a command to its end.
    @discardableResult
    func run(_ arguments: String...) throws -> Outcome {
        let process = try start(arguments)
        process.process.waitUntilExit()
        return Outcome(status: process.process.terminationStatus, output: process.output(), errors: process.errors())
    }

    struct Running {
        let process: Process
        let out: URL
        let err: URL

        func output() -> String { (try? String(contentsOf: out, encoding: .utf8)) ?? "" }
        func errors() -> String { (try? String(contentsOf: err, encoding: .utf8)) ?? "" }
    }

    /// Starts a command that goes on.
    func start(_ arguments: [String]) throws -> Running {
        let name = UUID().uuidString
        let out = FileManager.default.temporaryDirectory.appending(path: "\(name).out")
        let err = FileManager.default.temporaryDirectory.appending(path: "\(name).err")
        for file in [out, err] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        let process = Process()
        process.executableURL = Program.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        process.standardInput = FileHandle.nullDevice
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("HUITONG_") }
            .merging(environment) { _, own in own }
        try process.run()
        return Running(process: process, out: out, err: err)
    }

    func write(_ text: String, to path: String) throws {
        try text.write(to: folder.appending(path: path), atomically: true, encoding: .utf8)
    }

    func read(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    func replace(_ text: String, by other: String, in path: String) throws {
        try write(try read(path).replacing(text, with: other), to: path)
    }

    /// A folder that `init` made, with its daemon on any free port.
    static func starter() throws -> Program {
        let outside = try Program()
        try outside.run("init", "exchange")
        var program = outside
        program = Program(folder: outside.folder.appending(path: "exchange"))
        try program.replace("port: 8080", by: "port: 0", in: "huitong.yaml")
        return program
    }

    private init(folder: URL) { self.folder = folder }
}
