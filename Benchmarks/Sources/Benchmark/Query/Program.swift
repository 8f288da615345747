import CCurl
import Foundation

/// Another program, started and stopped.
final class Program {
    private let process = Process()
    private let output = Pipe()

    /// Where a program is, among the folders of the path and those that are for administrators.
    static func find(_ name: String) -> String? {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/sbin:/sbin"
        return path.split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static var own: String { URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path }
    /// The program that stands beside this one.
    static var huitong: String { URL(filePath: own).deletingLastPathComponent().appending(path: "huitong").path }

    init(_ path: String, _ arguments: [String], in folder: String) throws {
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardOutput = output
        try process.run()
    }

    var id: pid_t { process.processIdentifier }

    /// Everything it printed, when it has ended.
    ///
    /// - Throws: where it did not end well.
    @discardableResult
    func outcome() throws -> String {
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let name = process.executableURL?.lastPathComponent ?? ""
            throw Failure("\(name) ended with \(process.terminationStatus)")
        }
        return String(decoding: data, as: UTF8.self)
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// Seconds of processor time so far, of all its threads.
    static func processorSeconds(of id: pid_t) -> Double {
        guard let text = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
            let rest = text.split(separator: ")").last
        else { return 0 }
        let fields = rest.split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Bytes of memory of its own; pages of files that it has mapped are the system's.
    static func memory(of id: pid_t) -> Int {
        guard let text = try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("RssAnon:") })
        else { return 0 }
        return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
    }
}
