import Foundation
import Testing

/// Another's server that runs in a folder of its own on a free port of this machine, until the test is over.
final class PeerServer {
    let folder: URL
    let port: Int
    var base: String { "http://127.0.0.1:\(port)" }
    private var process: Process?

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "huitong-peer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        port = Peers.port()
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Writes a file in which `FOLDER` and `PORT` stand for the server's own.
    func write(_ name: String, _ text: String) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let text = text.replacing("FOLDER", with: folder.path).replacing("PORT", with: String(port))
        // At once or not at all: the server may be reading it.
        try Data(text.utf8).write(to: file, options: .atomic)
    }

    /// Starts the server and waits, for ten seconds at most, until it listens.
    func start(_ program: String, _ arguments: [String], environment: [String: String] = [:]) async throws {
        let settings = environment.map { "\($0.key)=\($0.value)" }
        process = try Peers.start("env", settings + [program] + arguments)
        try await Peers.waitFor(port)
    }

    /// Ends the process that was started, and no other.
    func stop() {
        guard let process, process.isRunning else { return }
        process.terminate()
        let deadline = Date(timeIntervalSinceNow: 5)
        while process.isRunning, Date() < deadline { usleep(20_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// Runs a program of the peers' python in the folder, to its end.
    func python(_ program: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: Taps.path("python"))
        process.arguments = ["-W", "ignore", "-c", program]
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// What the server itself answers, asked with curl.
    func ask(_ path: String, _ more: [String] = []) throws -> Data {
        Data(try Peers.output("curl", ["-sS", "--fail", "--max-time", "20"] + more + ["\(base)\(path)"]).utf8)
    }

    func askJSON(_ path: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: ask(path)) as? [String: Any])
    }
}

extension ExchangeFolder {
    /// Syncs an entry, and gives what the run counted.
    func published(_ entry: String) async throws -> [String: Int] {
        let outcome = try await run("sync", entry, "--format", "json")
        #expect(outcome.status == 0, "\(outcome.output) \(outcome.complaints)")
        let runs = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]]
        let run = try #require(runs?.last, "\(outcome.output)")
        #expect(run["state"] as? String == "published")
        return try #require(run["difference"] as? [String: Any]).compactMapValues { $0 as? Int }
    }
}
