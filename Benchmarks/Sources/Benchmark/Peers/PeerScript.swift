import Foundation

/// Another program that does some of what the exchange does, run by its script in `Benchmarks/peers`.
struct PeerScript: Sendable {
    /// Of the script, and of its environment below `.build-peers/bench`.
    let name: String
    /// Whether it runs in any Python.
    var needsNothing = false

    /// No run may take longer, in seconds.
    private static let patience = 1800

    /// The version of what the script runs.
    ///
    /// - Throws: why it cannot be run here.
    func version() throws -> String {
        guard needsNothing || FileManager.default.isExecutableFile(atPath: python) else {
            throw Failure("not installed: make bench-peers")
        }
        let log = FileManager.default.temporaryDirectory.path + "/huitong-peer-version"
        let child = try child(["version"], log: log)
        do {
            return try child.wait().output.trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            throw Failure(Self.lastLine(of: log))
        }
    }

    /// Runs it to its end.
    ///
    /// - Returns: seconds by the clock from its start to its end, and what the process used.
    func run(_ arguments: [String], below folder: String) throws -> (seconds: Double, remains: Child.Remains) {
        let log = "\(folder)/\(name).log"
        let clock = ContinuousClock()
        let start = clock.now
        let child = try child(arguments, log: log)
        do {
            let remains = try child.wait()
            return ((clock.now - start) / .seconds(1), remains)
        } catch {
            throw Failure("\(name) failed: \(Self.lastLine(of: log)) (all of it is in \(log))")
        }
    }

    /// Starts it as a server.
    func start(_ arguments: [String], below folder: String) throws -> Child {
        try child(["serve"] + arguments, log: "\(folder)/\(name).log")
    }

    private var python: String {
        guard needsNothing else {
            return FileManager.default.currentDirectoryPath + "/.build-peers/bench/\(name)/bin/python"
        }
        // Before a python3 that is a script which looks for another.
        let system = "/usr/bin/python3"
        return FileManager.default.isExecutableFile(atPath: system) ? system : "python3"
    }

    /// Isolated, or the scripts would import each other for the libraries whose names they bear.
    private func child(_ arguments: [String], log: String) throws -> Child {
        try Child(
            program: "timeout",
            ["--kill-after", "5", "\(Self.patience)", python, "-I", "Benchmarks/peers/\(name).py"] + arguments, log: log
        )
    }

    private static func lastLine(of log: String) -> String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").last.map(String.init) ?? "it said nothing"
    }
}
