import Foundation
import Testing

/// The real daemon under callers who want everything at once.
@Suite(.serialized) struct FloodTests {
    private static let entry = SourceEntry(
        name: "item", adapter: "http-json", with: "path: /items, records: /rows", key: "code",
        fields: [("code", "type: text"), ("name", "type: text"), ("note", "type: text")])

    private static let rows: String = {
        let note = String(repeating: "洪水试验", count: 20)
        return (0..<4_000).map { #"{"code":"\#($0)","name":"事项\#($0)","note":"\#(note)"}"# }.joined(separator: ",")
    }()

    /// What scans, what is large, and what is read by keys, compressed all of it.
    private static let targets = [
        "/collections/item/items?f=json&limit=10000", "/collections/item/items?note=nothing",
        "/collections/item/items?f=ndjson&limit=1000000", "/collections/item/changes?limit=1000&f=ndjson",
        "/collections/item/items?f=csv&limit=4000&name=x", "/collections", "/status", "/catalog",
    ]

    private static func serving(
        _ settings: String = "", limit files: Int? = nil,
        _ body: @escaping @Sendable (Int, Process) async throws -> Void
    ) async throws {
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer("{\"rows\":[\(rows)]}")
        } _: { base, _ in
            let port = Loopback.freePort()
            let exchange = try ExchangeFolder(
                base: base, entries: ["item": entry.text], settings: "http: {port: \(port)\(settings)}\n")
            let sync = try await exchange.run("sync", "item")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let daemon = try exchange.start(["serve"], log: "serve", files: files)
            defer { daemon.terminate() }
            try await Loopback.wait(for: daemon, at: "http://127.0.0.1:\(port)")
            try await body(port, daemon)
            #expect(daemon.isRunning)
            #expect(await Loopback.status("http://127.0.0.1:\(port)/collections/item/items?limit=1") == 200)
        }
    }

    @Test func `with five hundred idle connections and a flood, health answers within a second`() async throws {
        try await Self.serving { port, _ in
            let flood = Flood(port: port)
            let times = try await offThePool {
                flood.openIdle(500)
                flood.begin(Self.targets, connections: 64)
                Thread.sleep(forTimeInterval: 1)
                var times: [Double] = []
                let end = ContinuousClock.now + .seconds(6)
                while ContinuousClock.now < end {
                    if let answer = Flood.time(port, "/health/live"), answer.status == 200 {
                        times.append(answer.seconds)
                    } else {
                        times.append(.infinity)
                    }
                    Thread.sleep(forTimeInterval: 0.05)
                }
                flood.end()
                return times.sorted()
            }
            let tally = flood.seen
            let worst = try #require(times.last)
            print(
                "health under a flood: \(times.count) answers, median \(times[times.count / 2]) s, worst \(worst) s;",
                "the flood had \(tally.answers) and \(tally.bytes >> 20) MiB")
            #expect(flood.idleCount == 500)
            #expect(worst < 1)
            #expect(tally.answers[200, default: 0] > 0)
            #expect(tally.answers.keys.allSatisfy { $0 == 200 || $0 == 503 })
        }
    }

    @Test func `more than may be answered at once is 503, and health is not`() async throws {
        try await Self.serving(", requests: 2") { port, _ in
            let flood = Flood(port: port)
            let health = try await offThePool {
                flood.begin(["/collections/item/items?note=nothing"], connections: 24)
                Thread.sleep(forTimeInterval: 1)
                let health = Flood.time(port, "/health/live")
                Thread.sleep(forTimeInterval: 1)
                flood.end()
                return health
            }
            #expect(health?.status == 200)
            #expect(flood.seen.answers[503, default: 0] > 0, "\(flood.seen.answers)")
            #expect(flood.seen.answers[200, default: 0] > 0, "\(flood.seen.answers)")
        }
    }

    @Test func `running out of file descriptors neither ends nor occupies the daemon`() async throws {
        try await Self.serving(limit: 64) { port, daemon in
            let flood = Flood(port: port)
            try await offThePool {
                flood.openIdle(200)
                Thread.sleep(forTimeInterval: 0.5)
                let before = Self.busy(daemon)
                Thread.sleep(forTimeInterval: 2)
                let spent = Self.busy(daemon) - before
                #expect(spent < 1, "\(spent) s of two were spent on nothing")
                let answer = Flood.time(port, "/health/live")
                #expect(answer?.status == 200)
                flood.end()
            }
        }
    }

    /// Seconds of the processor that a process has had (proc(5), utime and stime).
    private static func busy(_ process: Process) -> Double {
        let text = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)) ?? ""
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}

/// Runs what blocks on a thread of its own.
func offThePool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
    }
}
