import Foundation
import Loopback
import Model
import Synchronization
import Testing

@testable import Transport

@Suite struct BodyTests {
    @Test func aSlowReaderHoldsTheSenderBack() async throws {
        let total = 200 << 20
        let sent = Mutex(0)
        let server = LoopbackServer { _, connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            let piece = [UInt8](repeating: 7, count: 1 << 16)
            while sent.withLock({ $0 }) < total, connection.write(piece) { sent.withLock { $0 += piece.count } }
        }
        let response = try await Transport().send(Request(url: server.url("/")))
        var iterator = response.body.makeAsyncIterator()
        var read = try #require(try await iterator.next()).count
        var before = -1
        while sent.withLock({ $0 }) != before {
            before = sent.withLock { $0 }
            try await Task.sleep(for: .milliseconds(150))
        }
        // Ours, and what the kernel's two socket buffers hold.
        #expect(before < 24 << 20)
        while let chunk = try await iterator.next() {
            #expect(chunk.count <= 256 << 10)
            read += chunk.count
        }
        #expect(read == total)
    }

    @Test func everyByteArrivesInOrder() async throws {
        let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        let server = LoopbackServer { _, connection in connection.answer(body: content) }
        var received: [UInt8] = []
        for try await chunk in try await Transport().send(Request(url: server.url("/"))).body {
            received += chunk
            if received.count % 3 == 0 { await Task.yield() }
        }
        #expect(received == content)
    }

    @Test func aBodyThatBreaksOffGivesWhatArrivedAndThenAFault() async throws {
        let server = LoopbackServer { _, connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            connection.write([UInt8](repeating: 1, count: 400_000))
            connection.close()
        }
        let response = try await Transport().send(Request(url: server.url("/rows?secret=1")))
        var read = 0
        let broken = try await fault { () async throws(Fault) in
            for try await chunk in response.body { read += chunk.count }
        }
        #expect(read == 400_000)
        #expect(broken.code == .sourceTruncated && broken.isRetryable)
        #expect(broken.message.contains("GET 127.0.0.1:\(server.port)/rows"))
        #expect(!broken.description.contains("secret"))
    }

    @Test func aChunkedBodyWithoutItsEndIsTruncated() async throws {
        let server = LoopbackServer { _, connection in
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
            connection.close()
        }
        let response = try await Transport().send(Request(url: server.url("/")))
        #expect(try await fault { () async throws(Fault) in try await response.body.bytes() }.code == .sourceTruncated)
    }

    @Test func bodiesAndHeadersHaveCaps() async throws {
        let server = LoopbackServer { call, connection in
            switch call.path {
            case "/long": connection.answer(text: String(repeating: "x", count: 5000))
            case "/endless":
                connection.write("HTTP/1.1 200 OK\r\n\r\n")
                while connection.write([UInt8](repeating: 1, count: 4096)) {}
            default:
                connection.write("HTTP/1.1 200 OK\r\n")
                while connection.write("X-More: \(String(repeating: "y", count: 500))\r\n") {}
            }
        }
        let transport = Transport()
        let limits = TransferLimits(headerBytes: 2000, bodyBytes: 4000)
        for path in ["/long", "/endless", "/headers"] {
            let request = Request(url: server.url(path), limits: limits)
            let tooLarge = try await fault { () async throws(Fault) in
                try await transport.send(request).body.bytes()
            }
            #expect(tooLarge.code == .sourceTooLarge, "\(path)")
        }
    }

    @Test func aDripBelowTheLowSpeedIsGivenUp() async throws {
        let server = LoopbackServer { _, connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while connection.write("x") { usleep(100_000) }
        }
        let request = Request(
            url: server.url("/"), limits: TransferLimits(lowSpeedBytes: 1000, lowSpeedSeconds: 1), retry: .never)
        let transport = Transport()
        let slow = try await fault { () async throws(Fault) in try await transport.send(request).body.bytes() }
        #expect(slow.code == .sourceTimeout)
    }

    @Test func waitingForTheHeadHasALimit() async throws {
        let server = LoopbackServer { _, connection in connection.waitForClose() }
        let request = Request(url: server.url("/"), limits: TransferLimits(totalSeconds: 0.2), retry: .never)
        let transport = Transport()
        let slow = try await fault { () async throws(Fault) in try await transport.send(request) }
        #expect(slow.code == .sourceTimeout && slow.context["attempt"] == "1")
    }

    @Test func cancellingTheReaderClosesTheConnection() async throws {
        let closed = Mutex(false)
        let server = LoopbackServer { _, connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc")
            connection.waitForClose()
            closed.withLock { $0 = true }
        }
        // A machine too busy to start the reader for a minute must not be taken for a stuck transfer.
        let request = Request(url: server.url("/"), limits: TransferLimits(lowSpeedSeconds: 3600))
        let response = try await Transport().send(request)
        let reading = Task { try await fault { () async throws(Fault) in try await response.body.bytes() } }
        try await Task.sleep(for: .milliseconds(50))
        reading.cancel()
        #expect(try await reading.value.code == .runCancelled)
        while !closed.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test func cancellingWhileWaitingForTheHeadClosesTheConnection() async throws {
        let closed = Mutex(0)
        let server = LoopbackServer { _, connection in
            closed.withLock { $0 = 1 }
            connection.waitForClose()
            closed.withLock { $0 = 2 }
        }
        let transport = Transport()
        let sending = Task {
            try await fault { () async throws(Fault) in try await transport.send(Request(url: server.url("/"))) }
        }
        while closed.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(5)) }
        sending.cancel()
        #expect(try await sending.value.code == .runCancelled)
        while closed.withLock({ $0 }) == 1 { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test func droppingTheBodyClosesTheConnection() async throws {
        let closed = Mutex(false)
        let server = LoopbackServer { _, connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc")
            connection.waitForClose()
            closed.withLock { $0 = true }
        }
        let transport = Transport()
        _ = try await transport.send(Request(url: server.url("/"))).head
        while !closed.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
    }
}
