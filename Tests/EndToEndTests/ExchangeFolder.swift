import Foundation
import Testing

/// An exchange in a folder of its own, driven through the real command, which logs all it can. Where something of a record or
/// a secret is in its logs at the end, the test fails.
struct ExchangeFolder: ~Copyable {
    let folder: URL
    private let watch = LogWatch()

    /// What a command said and how it ended.
    struct Outcome {
        let status: Int32
        let output: String
        let complaints: String
    }

    /// - Parameters:
    ///   - base: the address of the one system.
    ///   - entries: file name to YAML.
    ///   - outbound: more of where it may go.
    ///   - system: more of what is said of the one system.
    init(
        base: String, entries: [String: String], settings: String = "", outbound: String = "", system: String = ""
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "huitong-e2e-\(UUID().uuidString)")
        let places = ["allow_loopback: true", outbound].filter { !$0.isEmpty }.joined(separator: ", ")
        try write(
            "huitong.yaml", "outbound: {\(places)}\nsecrets: secrets\nregister: true\nlog: {level: trace}\n" + settings)
        try write(
            "Catalog/departments.yaml",
            """
            departments:
              office:
                title: 办公室
                systems:
                  source: {title: 来源, base: "\(base)"\(system.isEmpty ? "" : ", " + system)}
            """)
        for (name, text) in entries { try write("Catalog/entries/\(name).yaml", text) }
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "Adapters"), withDestinationURL: Repository.root.appending(path: "Adapters"))
    }

    deinit {
        let leaks = watch.leaks(in: folder)
        if !leaks.isEmpty {
            Issue.record("logs hold what was read: \(leaks.prefix(5).joined(separator: "; "))")
        }
        try? FileManager.default.removeItem(at: folder)
    }

    func write(_ path: String, _ text: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        if path.hasPrefix("secrets/") {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        }
    }

    /// Starts the command and leaves it running; its output goes to files in the folder.
    ///
    /// - Parameters:
    ///   - environment: what is there beside our own.
    ///   - files: how many files it may have open; nil for as many as the tests.
    func start(
        _ arguments: [String], log: String = "log", environment: [String: String] = [:], files: Int? = nil
    ) throws -> Process {
        watch.note(arguments, log: log)
        let process = Process()
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, given in given }
        process.executableURL = files == nil ? Repository.command : URL(filePath: "/bin/sh")
        process.arguments =
            files.map {
                ["-c", "ulimit -n \($0) && exec \"$0\" \"$@\"", Repository.command.path] + arguments
            } ?? arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        for (path, end) in [("\(log).out", \Process.standardOutput), ("\(log).err", \Process.standardError)] {
            let file = folder.appending(path: path)
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
            process[keyPath: end] = try FileHandle(forWritingTo: file)
        }
        try process.run()
        return process
    }

    /// Runs the command to its end, for two minutes at most.
    func run(_ arguments: String...) async throws -> Outcome { try await run(arguments) }

    func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
        let log = "log-\(UUID().uuidString)"
        let process = try start(arguments, log: log, environment: environment)
        let deadline = ContinuousClock.now + .seconds(120)
        while process.isRunning, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try read("\(log).out"), complaints: try read("\(log).err"))
    }

    func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
    }

    /// Records that a run under way has staged.
    func staged() async throws -> Int {
        let outcome = try await run("status", "--format", "json")
        let status = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let running = (status?["running"] as? [[String: Any]])?.first
        return (running?["difference"] as? [String: Any])?["read"] as? Int ?? 0
    }

    /// When an entry was last published; nil where it never was.
    func publications(of entry: String) async throws -> String? {
        let outcome = try await run("status", entry, "--format", "json")
        let status = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let entries = status?["entries"] as? [[String: Any]]
        return entries?.first { $0["entry"] as? String == entry }?["lastPublished"] as? String
    }

    /// Every record of a collection as the owner sees it, by id, without what differs from run to run.
    func records(of collection: String) async throws -> [String: [String: String]] {
        let outcome = try await run(
            "query", collection, "--format", "ndjson", "--limit", "1000000", "--reveal")
        var records: [String: [String: String]] = [:]
        for line in outcome.output.split(separator: "\n") {
            guard let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let id = record["_id"] as? String
            else { continue }
            records[id] = record.filter { !$0.key.hasPrefix("_") }.mapValues { "\($0)" }
        }
        return records
    }
}

/// Where this checkout is.
enum Repository {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The command that was built with the tests.
    static let command: URL = {
        let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "huitong")
        return FileManager.default.isExecutableFile(atPath: beside.path)
            ? beside : root.appending(path: ".build/debug/huitong")
    }()

    /// Recorded inputs that others published; they are not part of the project.
    static let recordings: URL = {
        let named = ProcessInfo.processInfo.environment["HUITONG_SHARED_DATA"]
        return named.map { URL(filePath: $0) } ?? root.appending(path: "../shared/data").standardizedFileURL
    }()

    static func hasRecording(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: recordings.appending(path: path).path)
    }
}
