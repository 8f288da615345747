import Foundation

/// How a process is killed, with SIGKILL: nothing of it runs afterwards.
enum Blow: Sendable, CustomStringConvertible {
    enum Moment: String, Sendable, CaseIterable {
        /// Nothing of what it was about to write is there.
        case before
        /// The first half is, the other is not.
        case half
        /// All of it is, and the process never learnt of it.
        case after
    }

    /// At the write that commits its n-th transaction, from 1.
    case commit(Int, Moment)
    /// At its n-th write to the store, from 1: a page, a sync, a truncation, the removal of the log.
    case write(Int, Moment)
    /// After so many milliseconds, wherever it is then.
    case time(Int)

    var description: String {
        switch self {
        case .commit(let number, let moment): "\(moment) commit \(number)"
        case .write(let number, let moment): "\(moment) write \(number)"
        case .time(let milliseconds): "after \(milliseconds) ms"
        }
    }

    /// What makes a process die of it.
    var environment: [String: String] {
        switch self {
        case .commit(let number, let moment): Self.loaded(["HUITONG_KILL": "commit \(number) \(moment)"])
        case .write(let number, let moment): Self.loaded(["HUITONG_KILL": "write \(number) \(moment)"])
        case .time: [:]
        }
    }

    /// What makes a process write down what it writes, into a file.
    static func counting(into file: URL) -> [String: String] { loaded(["HUITONG_KILL_LOG": file.path]) }

    private static func loaded(_ more: [String: String]) -> [String: String] {
        more.merging(["LD_PRELOAD": library?.path ?? ""]) { mine, _ in mine }
    }

    /// Whether processes can be killed at a write here: that takes a linker that loads our library before SQLite.
    static let isPossible = library != nil

    /// `kill.c`, compiled by the compiler that Swift comes with.
    private static let library: URL? = {
        #if os(Linux)
            let file = FileManager.default.temporaryDirectory.appending(
                path: "huitong-kill-\(ProcessInfo.processInfo.processIdentifier).so")
            let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "kill.c")
            let compiler = Process()
            compiler.executableURL = URL(filePath: "/usr/bin/env")
            compiler.arguments = ["clang", "-shared", "-fPIC", "-O1", "-o", file.path, source.path, "-ldl"]
            guard (try? compiler.run()) != nil else { return nil }
            compiler.waitUntilExit()
            return compiler.terminationStatus == 0 ? file : nil
        #else
            return nil
        #endif
    }()
}

/// What a process wrote to the store, as `kill.c` wrote it down.
struct WriteCount: Sendable {
    var writes = 0
    var commits = 0
    var milliseconds = 0

    init(log: URL, milliseconds: Int) {
        self.milliseconds = milliseconds
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 2, let write = Int(words[0]), let commit = Int(words[1]) else { continue }
            writes = max(writes, write)
            commits = max(commits, commit)
        }
    }
}
