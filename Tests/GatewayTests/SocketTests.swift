import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Model
import NIOCore
import ServiceLifecycle
import Testing

@testable import Gateway

@Suite struct SocketTests {
    @Test func `a port in use is told as such`() async throws {
        let first = try Samples.gateway()
        try await first.application.test(.live) { client in
            let second = try Samples.gateway(Samples.store(), GatewaySettings(port: try #require(client.port)))
            let fault = await #expect(throws: Fault.self) { try await second.run() }
            #expect(fault?.code == .addressInUse)
            #expect(fault?.message.contains("127.0.0.1:") == true)
        }
    }

    @Test(arguments: ["gzip", "deflate", nil])
    func `answers are compressed for who asks`(coding: String?) async throws {
        let rows = [[Samples.Cell]](repeating: Samples.first, count: 100)
        let gateway = try Samples.gateway(Samples.store(rows: rows))
        try await gateway.application.test(.live) { client in
            var headers: HTTPFields = [:]
            headers[.acceptEncoding] = coding
            let answer = try await client.execute(
                uri: "/collections/enterprise/items", method: .get, headers: headers)
            #expect(answer.headers[.contentEncoding] == coding)
            #expect(coding == nil || answer.body.readableBytes < 2_000)
            let small = try await client.execute(uri: "/health/live", method: .get, headers: headers)
            #expect(small.headers[.contentEncoding] == nil)
            let head = try await client.execute(uri: "/collections/enterprise/items", method: .head, headers: headers)
            #expect(head.status == .ok)
            #expect(head.headers[.contentEncoding] == nil)
            let after = try await client.execute(uri: "/health/live", method: .get, headers: headers)
            #expect(String(buffer: after.body) == #"{"status":"live"}"#)
        }
    }

    @Test func `a line that is not HTTP is refused and the gateway goes on`() async throws {
        try await Samples.gateway().application.test(.live) { client in
            let answer = try await RawConnection(port: try #require(client.port)).send("NONSENSE\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 405"), "no method is known in it")
            let good = try await client.execute(uri: "/health/live", method: .get)
            #expect(good.status == .ok)
        }
    }

    @Test func `headers beyond the limit are refused`() async throws {
        try await Samples.gateway().application.test(.live) { client in
            let filler = String(repeating: "x", count: 64 << 10)
            let answer = try await RawConnection(port: try #require(client.port))
                .send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Filler: \(filler)\r\n\r\n")
            #expect(!answer.contains("200 OK"))
            #expect(try await client.execute(uri: "/health/live", method: .get).status == .ok)
        }
    }

    @Test func `a command is answered over a socket that only its owner opens`() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/huitong-\(UInt32.random(in: 0 ... .max)).sock"
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = try ControlServer(actions: Commands.actions, socketPath: path, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await Commands.untilExists(path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let progress = try await Commands.post("sync", #"{"entries":["a"],"trigger":"command"}"#, to: path)
            let steps = try progress.split(separator: "\n").map {
                try JSONDecoder().decode(RunProgress.self, from: Data($0.utf8))
            }
            #expect(steps.map(\.records) == [10, 20])
            let refused = try await Commands.post("publish", #"{"run":9,"who":"w","reason":"r"}"#, to: path)
            let document = try JSONDecoder().decode(FaultDocument.self, from: Data(refused.utf8))
            #expect(document.fault == Fault(.runState, "run 9 is not held", context: ["run": "9"]))
            #expect(document.status == 409)
            let broken = try await Commands.post("pause", #"{"entry":1}"#, to: path)
            #expect(broken.contains("request.invalid"))
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a path too long for a socket is refused`() {
        let path = "/" + String(repeating: "x", count: 120)
        let fault = #expect(throws: Fault.self) {
            try ControlServer(actions: Commands.actions, socketPath: path, logger: Logger(label: "test"))
        }
        #expect(fault?.code == .badSettings)
    }
}

/// A daemon that does next to nothing, and curl to command it.
enum Commands {
    static let actions = ControlActions(
        sync: { (_) async throws(Fault) in
            AsyncStream { stream in
                stream.yield(RunProgress(run: 1, entry: "a", state: .fetching, records: 10))
                stream.yield(RunProgress(run: 1, entry: "a", state: .published, records: 20, outcome: Samples.run))
                stream.finish()
            }
        },
        publish: { (asked) async throws(Fault) in
            throw Fault(.runState, "run \(asked.run) is not held", context: ["run": String(asked.run)])
        },
        discard: { (_) async throws(Fault) in Samples.run },
        cancel: { (_) async throws(Fault) in Samples.run },
        replay: { (_) async throws(Fault) in ControlDone() },
        dismiss: { (_) async throws(Fault) in ControlDone() },
        register: { (asked) async throws(Fault) in
            ControlRegistered(entry: asked.file, version: 1, isUnchanged: false)
        },
        pause: { (_) async throws(Fault) in ControlDone() },
        resume: { (_) async throws(Fault) in ControlDone() },
        reload: { () async throws(Fault) in .init(loadedAt: nil, problems: []) },
        status: { () async throws(Fault) in Samples.status })

    static func untilExists(_ path: String) async throws {
        for _ in 0..<500 where !FileManager.default.fileExists(atPath: path) {
            try await Task.sleep(for: .milliseconds(10))
        }
        // The mode is set right after binding, and before anything is answered.
        _ = try await post("status", "{}", to: path)
    }

    static func post(_ verb: String, _ body: String, to path: String) async throws -> String {
        try await offThePool { try curl(verb, body, path) }
    }

    private static func curl(_ verb: String, _ body: String, _ path: String) throws -> String {
        let curl = Process()
        curl.executableURL = URL(filePath: "/usr/bin/curl")
        curl.arguments = [
            "-s", "--max-time", "20", "--unix-socket", path, "-H", "Content-Type: application/json", "-d", body,
            "http://localhost/control/\(verb)",
        ]
        let output = Pipe()
        curl.standardOutput = output
        try curl.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        curl.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}

/// Bytes on a socket, as they are.
struct RawConnection {
    let port: Int

    func send(_ text: String) async throws -> String {
        try await offThePool { try exchange(text) }
    }

    private func exchange(_ text: String) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(connected == 0)
        let bytes = Array(text.utf8)
        _ = write(descriptor, bytes, bytes.count)
        var answer = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &answer, answer.count)
        return String(decoding: answer.prefix(max(0, count)), as: UTF8.self)
    }
}

/// Runs what blocks on a thread of its own, so that the server under test has one too.
func offThePool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
    }
}
