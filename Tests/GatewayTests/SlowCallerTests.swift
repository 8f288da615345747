import Foundation
import HTTPTypes
import HummingbirdTesting
import Model
import Store
import Testing

@testable import Gateway

/// Callers who take their time, and callers who take everybody else's: over real sockets.
@Suite struct SlowCallerTests {
    private static let quick = GatewaySettings(
        port: 0, idleSeconds: 1, headSeconds: 1, bodySeconds: 1, stallSeconds: 1, streamSeconds: 3600)

    private static func with(
        _ settings: GatewaySettings = quick, store: ShelfStore = Samples.store(),
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await Samples.gateway(store, settings).application.test(.live) { client in
            let port = try #require(client.port)
            try await body(port)
            let health = try await Self.patiently(
                port, "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(health.text.hasPrefix("HTTP/1.1 200 "))
        }
    }

    /// On a busy machine a second may pass between connecting and sending.
    private static func patiently(_ port: Int, _ text: String) async throws -> (text: String, isClosed: Bool) {
        for _ in 0..<5 {
            let answer = try await Wire.exchange(port, text)
            if !answer.text.isEmpty { return answer }
        }
        return ("", true)
    }

    @Test func `a head that drips is refused`() async throws {
        try await Self.with { port in
            let answer = try await offThePool {
                let wire = try Wire(port)
                wire.send("GET / HTTP/1.1\r\nHost: localhost\r\n")
                for number in 0..<10 {
                    Thread.sleep(forTimeInterval: 0.2)
                    wire.send("X-\(number): y\r\n")
                }
                return wire.receive()
            }
            #expect(answer.text.hasPrefix("HTTP/1.1 408 "), "\(answer.text)")
            #expect(answer.text.contains("request.timeout") && answer.isClosed)
        }
    }

    @Test(arguments: ["POST /collections/enterprise/search", "GET /health/live"])
    func `a body that drips is refused, whether anybody wants it or not`(line: String) async throws {
        try await Self.with { port in
            let (answer, seconds) = try await offThePool {
                let wire = try Wire(port)
                let start = ContinuousClock.now
                wire.send("\(line) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n")
                for _ in 0..<30 where wire.send(" ") { Thread.sleep(forTimeInterval: 0.1) }
                return (wire.receive(), (ContinuousClock.now - start) / .seconds(1))
            }
            #expect(answer.text.hasPrefix(line.hasPrefix("POST") ? "HTTP/1.1 408 " : "HTTP/1.1 200 "), "\(answer.text)")
            #expect(seconds < 15)
        }
    }

    @Test func `a connection that says nothing is closed`() async throws {
        try await Self.with { port in
            let silent = try await Wire.exchange(port, "")
            #expect(silent.text.isEmpty && silent.isClosed)
            let kept = try await Self.patiently(port, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(kept.text.hasPrefix("HTTP/1.1 200 ") && kept.isClosed)
        }
    }

    @Test(arguments: ["items?f=json&limit=300", "items?f=ndjson&limit=1500", "changes?limit=300&f=ndjson"])
    func `who takes nothing of an answer is cut off`(address: String) async throws {
        let text = String(repeating: "汇通", count: 600)
        let row: [Samples.Cell] = [.text("u"), .text(text), .null, .null, .null, .null, .null]
        let store = Samples.store(rows: [[Samples.Cell]](repeating: row, count: 1_500))
        try await Self.with(store: store) { port in
            let answer = try await offThePool {
                let wire = try Wire(port)
                wire.send("GET /collections/enterprise/\(address) HTTP/1.1\r\nHost: localhost\r\n\r\n")
                wire.send(
                    String(
                        repeating: "GET /collections/enterprise/\(address) HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        count: 20))
                wire.awaitBeginning()
                Thread.sleep(forTimeInterval: 8)
                return wire.receive()
            }
            // What the kernel had taken by then, and no more.
            let size = answer.text.utf8.count
            #expect(size < 12_000_000)
        }
    }

    @Test func `pipelined requests are answered in order, however many`() async throws {
        try await Self.with(GatewaySettings(port: 0)) { port in
            let answer = try await offThePool {
                let wire = try Wire(port)
                let requests = (0..<3_000).map { number in
                    number % 2 == 0
                        ? "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        : "GET /collections/enterprise/items/r1?f=json HTTP/1.1\r\nHost: localhost\r\n\r\n"
                }
                Thread.detachNewThread {
                    wire.send(requests.joined() + "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                }
                return wire.receive()
            }
            #expect(answer.isClosed)
            let answers = answer.text.components(separatedBy: "HTTP/1.1 200 ").dropFirst()
            #expect(answers.count == 3_001)
            let isInOrder = zip(answers.indices, answers).allSatisfy { index, text in
                index > 3_000 || text.contains(#"{"status":"live"}"#) == (index % 2 == 1)
            }
            #expect(isInOrder)
        }
    }

    @Test func `a connection that is quiet makes room for a new one`() async throws {
        try await Self.with(GatewaySettings(port: 0, connections: 4)) { port in
            let first = try await offThePool {
                let quiet = try (0..<4).map { _ in try Wire(port) }
                Thread.sleep(forTimeInterval: 0.2)
                let fifth = try Wire(port)
                fifth.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                #expect(fifth.receive().text.hasPrefix("HTTP/1.1 200 "))
                return quiet.map { $0.receive(patience: 0.3).isClosed }
            }
            // The test's own client has one, which may be the first to go.
            #expect((1...2).contains(first.count { $0 }), "\(first)")
        }
    }
}

/// What is told where too much is asked at once.
@Suite struct AdmissionTests {
    @Test func `more than may be answered at once is told to come again, and health is answered`() async throws {
        let gateway = try Samples.gateway(Samples.store(), GatewaySettings(port: 0, requests: 0))
        for address in ["/collections", "/collections/enterprise/items", "/status", "/catalog"] {
            let answer = try await ask(address, gateway)
            #expect(answer.status == 503)
            #expect(answer.code == "gateway.overloaded")
            #expect(answer.headers[.retryAfter] == "1")
        }
        for address in ["/health/live", "/health/ready", "/metrics", "/"] {
            #expect(try await ask(address, gateway).status == 200)
        }
    }

    @Test func `a place is given back however its request ends`() async throws {
        let gateway = try Samples.gateway(Samples.store(), GatewaySettings(port: 0, requests: 1))
        for address in ["/collections/nothing", "/collections/enterprise/items?x=1", "/runs/1", "/status"] {
            #expect(try await ask(address, gateway).status != 503)
        }
    }
}
