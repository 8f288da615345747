import Foundation
import HTTPTypes
import HummingbirdTesting
import Store
import Testing

@testable import Gateway

/// Answers that are sent while they are read, over real sockets.
@Suite struct StreamTests {
    /// Thirty megabytes: more than sockets hold.
    private static func store() -> ShelfStore {
        let text = String(repeating: "汇通", count: 600)
        let row: [Samples.Cell] = [.text("u"), .text(text), .null, .null, .null, .null, .null]
        return Samples.store(rows: [[Samples.Cell]](repeating: row, count: 8_000))
    }

    @Test func `a long answer arrives whole, and memory is not asked for at once`() async throws {
        // However busy the machine is that tries it.
        let gateway = try Samples.gateway(Self.store(), GatewaySettings(port: 0, streamSeconds: 3600))
        try await gateway.application.test(.live) { client in
            let port = try #require(client.port)
            let answer = try await Self.read(port, waiting: 0)
            #expect(answer.bytes > 28_000_000)
            #expect(answer.isWhole)
        }
    }

    @Test func `who reads too slowly is cut off`() async throws {
        let gateway = try Samples.gateway(Self.store(), GatewaySettings(port: 0, streamSeconds: 1))
        try await gateway.application.test(.live) { client in
            let port = try #require(client.port)
            let answer = try await Self.read(port, waiting: 2.5)
            #expect(answer.bytes < 28_000_000)
            #expect(!answer.isWhole, "what is missing is not hidden")
            let health = try await client.execute(uri: "/health/live", method: .get)
            #expect(health.status == .ok)
        }
    }

    /// Asks for lines, and waits once the answer has begun.
    ///
    /// - Returns: the bytes that came, and whether the last chunk said that it was the last.
    private static func read(_ port: Int, waiting seconds: Double) async throws -> (bytes: Int, isWhole: Bool) {
        try await offThePool {
            let wire = try Wire(port)
            wire.send(
                "GET /collections/enterprise/items?f=ndjson&limit=8000 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            wire.awaitBeginning()
            Thread.sleep(forTimeInterval: seconds)
            let text = wire.receive(patience: 600).text.utf8
            return (text.count, text.suffix(5).elementsEqual("0\r\n\r\n".utf8))
        }
    }
}
