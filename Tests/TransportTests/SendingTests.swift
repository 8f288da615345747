import Foundation
import Loopback
import Model
import Synchronization
import Testing

@testable import Transport

@Suite struct SendingTests {
    @Test func oneConnectionServesManyRequests() async throws {
        let server = LoopbackServer { call, connection in connection.answer(text: "page \(call.number)") }
        let transport = Transport()
        for number in 1...5 {
            let response = try await transport.send(Request(url: server.url("/rows?page=\(number)")))
            #expect(try await response.body.bytes() == Array("page \(number)".utf8))
        }
        #expect(server.connections == 1 || server.mayHaveAged)
    }

    @Test func anErrorsPageKeepsItsConnection() async throws {
        let server = LoopbackServer { call, connection in
            connection.answer(
                call.number == 1 ? "404 Not Found" : "200 OK", text: String(repeating: "x", count: 20_000))
        }
        let transport = Transport()
        _ = try await fault { () async throws(Fault) in try await transport.send(Request(url: server.url("/a"))) }
        _ = try await transport.send(Request(url: server.url("/b"))).body.bytes()
        #expect(server.connections == 1 || server.mayHaveAged)
    }

    @Test func methodHeadersAndBodyArriveAsGiven() async throws {
        let server = LoopbackServer { _, connection in
            connection.answer(headers: ["X-Total: 7", "Link: <a>", "link: <b>", "Content-Type: text/plain"], text: "好")
        }
        let request = Request(
            method: "POST", url: server.url("/query?a=1&b=%E5%A5%BD"),
            headers: [("Content-Type", "application/json"), ("X-Empty", ""), ("appKey", "k")],
            body: Array(#"{"q":"好"}"#.utf8))
        let response = try await Transport().send(request)
        let call = try #require(server.calls.first)
        #expect(call.method == "POST" && call.path == "/query?a=1&b=%E5%A5%BD" && call.body == #"{"q":"好"}"#)
        #expect(call.headers["content-type"] == "application/json")
        #expect(call.headers["x-empty"] == "" && call.headers["appkey"] == "k")
        #expect(call.headers["expect"] == nil)
        #expect(response.head.status == 200 && response.head.headers["x-total"] == "7")
        #expect(response.head.headers.values("LINK") == ["<a>", "<b>"])
        #expect(try await response.body.bytes() == Array("好".utf8))
    }

    @Test func headIsAskedWithoutWaitingForABody() async throws {
        let server = LoopbackServer { _, connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        }
        let response = try await Transport().send(Request(method: "HEAD", url: server.url("/")))
        #expect(response.head.headers["content-length"] == "5000")
        #expect(try await response.body.bytes().isEmpty)
    }

    @Test func notModifiedIsAnAnswer() async throws {
        let server = LoopbackServer { _, connection in
            connection.write("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n")
        }
        let response = try await Transport().send(Request(url: server.url("/"), headers: [("If-None-Match", "\"a\"")]))
        #expect(response.head.status == 304 && response.head.headers["etag"] == "\"a\"")
        #expect(try await response.body.bytes().isEmpty)
    }

    @Test func interimAnswersAreNotTheAnswer() async throws {
        let server = LoopbackServer { _, connection in
            connection.write("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
            connection.answer(text: "ok")
        }
        let response = try await Transport().send(Request(url: server.url("/")))
        #expect(response.head.status == 200 && response.head.headers["x-early"] == nil)
    }

    @Test func aSocketFileIsAskedWhateverThePolicy() async throws {
        let folder = try TemporaryFolder()
        let server = LoopbackServer(unixSocket: folder.path + "/s") { call, connection in
            connection.answer(text: call.path)
        }
        let transport = Transport(policy: OutboundPolicy())
        let response = try await transport.send(Request(url: "http://localhost/status", unixSocket: folder.path + "/s"))
        #expect(try await response.body.bytes() == Array("/status".utf8))
        #expect(server.connections == 1 || server.mayHaveAged)
    }

    @Test func shutdownEndsWhatIsUnderWayAndTakesNoMore() async throws {
        let arrived = Mutex(false)
        let server = LoopbackServer { _, connection in
            arrived.withLock { $0 = true }
            connection.waitForClose()
        }
        let transport = Transport()
        let waiting = Task {
            try await fault { () async throws(Fault) in try await transport.send(Request(url: server.url("/"))) }
        }
        while !arrived.withLock({ $0 }) { await Task.yield() }
        await transport.shutdown()
        #expect(try await waiting.value.code == .unavailable)
        let late = try await fault { () async throws(Fault) in try await transport.send(Request(url: server.url("/"))) }
        #expect(late.code == .unavailable)
        await transport.shutdown()
    }

    @Test(arguments: [
        "ldap://example.org/x", "sftp://example.org/x", "gopher://example.org/", "nonsense",
        "http://user:word@example.org/", "",
    ])
    func addressesThatAreNotAskedAreRefusedAtOnce(url: String) async throws {
        let transport = Transport()
        let refused = try await fault { () async throws(Fault) in try await transport.send(Request(url: url)) }
        #expect([FaultCode.sourceForbidden, .badSettings].contains(refused.code))
        #expect(!refused.description.contains("word"))
    }

    @Test func aLineBreakInAHeaderIsRefused() async throws {
        let transport = Transport()
        let request = Request(url: "http://127.0.0.1/", headers: [("X-A", "1\r\nX-B: 2")])
        #expect(try await fault { () async throws(Fault) in try await transport.send(request) }.code == .badSettings)
    }
}
