import CCurl
import Foundation

/// `huitong serve` in a folder of its own, beside this program.
final class ExchangeDaemon {
    let folder: URL
    private let process: Process
    /// What it is asked over HTTP.
    let queries: Conversation
    private let control: Conversation

    /// Starts one with a catalogue, and waits until it answers.
    ///
    /// - Parameters:
    ///   - entries: YAML, by name.
    ///   - source: the address of a page server.
    ///   - systems: how many the department has, `register-0` and so on; one, `register`, without.
    ///   - concurrency: runs at once, as the settings have it.
    init(
        in path: String, entries: [String: String], source: String, systems: Int? = nil, concurrency: Int = 4
    ) throws {
        folder = URL(filePath: path)
        try? FileManager.default.removeItem(at: folder)
        let port = try Listener.freePort()
        let parts = source.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
        let base = "http://\(parts[1])"
        var departments = Exchange.departments(base: base)
        for number in 0..<(systems ?? 0) {
            departments += "\n      register-\(number): {title: 登记系统, base: \"\(base)\"}"
        }
        try Self.write("Catalog/departments.yaml", departments, in: folder)
        for (name, text) in entries { try Self.write("Catalog/entries/\(name).yaml", text, in: folder) }
        try Self.write(
            "huitong.yaml",
            """
            outbound: {allow_loopback: true}
            register: true
            log: {level: error}
            http: {port: \(port)}
            runs: {concurrency: \(concurrency)}
            """, in: folder)
        process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "huitong")
        process.arguments = ["serve"]
        process.currentDirectoryURL = folder
        queries = try Conversation(base: "http://127.0.0.1:\(port)")
        control = try Conversation(
            base: "http://huitong", socket: folder.appending(path: "huitong-data/control.sock").path)
        try process.run()
        let deadline = Date.now + 120
        while (try? queries.get("/health/live").status) != 200 {
            guard process.isRunning, Date.now < deadline else { throw Failure("huitong serve does not answer") }
            Thread.sleep(forTimeInterval: 0.02)
        }
    }

    deinit { process.terminate() }

    /// Ends it, and takes its data away.
    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    var database: String { folder.appending(path: "huitong-data/huitong.sqlite").path }

    // MARK: - What it costs

    /// Seconds of processor time since it started, of all its threads.
    func processorSeconds() throws -> Double {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(process.processIdentifier, &clock) == 0, clock_gettime(clock, &time) == 0 else {
            throw Failure("no clock of process \(process.processIdentifier)")
        }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Bytes of resident memory at its highest.
    func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
        return (kilobytes ?? 0) * 1024
    }

    // MARK: - What it does

    struct Sync {
        let read: Int
        /// From the request to the end of the answer.
        let seconds: Double
        let processorSeconds: Double
    }

    /// Runs an entry, waits for its publication, and holds it to the number of records that it should have read.
    @discardableResult
    func sync(_ entry: String, records: Int, isSnapshot: Bool = false) throws -> Sync {
        let body = #"{"entries":["\#(entry)"],"trigger":"command","isSnapshot":\#(isSnapshot ? "true" : "null")}"#
        let processor = try processorSeconds()
        let began = ContinuousClock.now
        let answer = try control.post("/control/sync", body)
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        let last = answer.body.split(separator: UInt8(ascii: "\n")).last.map { Data($0) } ?? Data()
        let step = try JSONSerialization.jsonObject(with: last) as? [String: Any]
        let run = step?["outcome"] as? [String: Any]
        guard run?["state"] as? String == "published", let difference = run?["difference"] as? [String: Any],
            let read = difference["read"] as? Int, read == records
        else {
            throw Failure("\(entry) was not published: \(String(decoding: answer.body.suffix(2000), as: UTF8.self))")
        }
        return Sync(read: read, seconds: seconds, processorSeconds: try processorSeconds() - processor)
    }

    private static func write(_ path: String, _ text: String, in folder: URL) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}
