import Foundation

/// Other people's servers that the exchange is tried against, where they are installed.
enum Peers {
    static let areWanted = ProcessInfo.processInfo.environment["HUITONG_PEERS"] != nil

    static let sshd = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// The python that has the peers' packages.
    static let python = ProcessInfo.processInfo.environment["HUITONG_PEERS_PYTHON"] ?? "python3"

    static let hasFTP = areWanted && (try? output(python, ["-c", "import pyftpdlib"])) != nil

    static let nginx = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Whether a program of `scripts/install-peers` is here and wanted.
    static func has(_ program: String) -> Bool { areWanted && Taps.isInstalled(program) }

    /// A port that nobody listens on.
    static func port() -> Int {
        let free = try? output(
            "python3",
            ["-c", "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"])
        return free.flatMap { Int($0.filter(\.isNumber)) } ?? Int.random(in: 20_000...32_000)
    }

    /// Starts a program that says nothing.
    static func start(_ program: String, _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// What a program prints; an error where it fails.
    static func output(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return String(decoding: data, as: UTF8.self)
    }

    /// Waits until somebody listens.
    static func waitFor(_ port: Int) async throws {
        for _ in 0..<200 {
            if listens(port) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw CocoaError(.executableLoad)
    }

    static func waitForNow(_ port: Int) throws {
        for _ in 0..<200 {
            if listens(port) { return }
            usleep(50_000)
        }
        throw CocoaError(.executableLoad)
    }

    private static func listens(_ port: Int) -> Bool {
        (try? output("python3", ["-c", "import socket; socket.create_connection(('127.0.0.1', \(port)), 1)"])) != nil
    }
}
