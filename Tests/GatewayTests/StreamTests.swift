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
            let answer = try await offThePool { try SlowReader(port: port).read(waiting: 0) }
            #expect(answer.bytes > 28_000_000)
            #expect(answer.isWhole)
        }
    }

    @Test func `who reads too slowly is cut off`() async throws {
        let gateway = try Samples.gateway(Self.store(), GatewaySettings(port: 0, streamSeconds: 1))
        try await gateway.application.test(.live) { client in
            let port = try #require(client.port)
            let answer = try await offThePool { try SlowReader(port: port).read(waiting: 2.5) }
            #expect(answer.bytes < 28_000_000)
            #expect(!answer.isWhole, "what is missing is not hidden")
            let health = try await client.execute(uri: "/health/live", method: .get)
            #expect(health.status == .ok)
        }
    }
}

/// A connection that asks for lines, and waits once the answer has begun.
private struct SlowReader {
    let port: Int

    struct Outcome: Sendable {
        var bytes = 0
        /// Whether the last chunk said that it was the last.
        var isWhole = false
    }

    func read(waiting seconds: Double) throws -> Outcome {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var size: Int32 = 64 << 10
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
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
        let request =
            "GET /collections/enterprise/items?f=ndjson&limit=8000 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        _ = write(descriptor, request, request.utf8.count)
        var outcome = Outcome()
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var last: [UInt8] = []
        while case let count = Foundation.read(descriptor, &chunk, chunk.count), count > 0 {
            if outcome.bytes == 0 { Thread.sleep(forTimeInterval: seconds) }
            outcome.bytes += count
            last = Array((last + chunk[..<count]).suffix(5))
        }
        outcome.isWhole = last == Array("0\r\n\r\n".utf8)
        return outcome
    }
}
