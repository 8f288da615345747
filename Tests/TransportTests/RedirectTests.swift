import Loopback
import Model
import Testing

@testable import Transport

@Suite struct RedirectTests {
    private func redirecting(_ status: Int = 302, to target: @escaping @Sendable (LoopbackServer.Call) -> String?)
        -> LoopbackServer
    {
        LoopbackServer { call, connection in
            guard let location = target(call) else { return connection.answer(text: "\(call.method) \(call.body)") }
            connection.answer("\(status) Moved", headers: ["Location: \(location)"], text: "moved")
        }
    }

    @Test func aRelativeRedirectIsFollowedOnTheSameConnection() async throws {
        let server = redirecting { $0.path == "/a/b?x=1" ? "../c?y=2" : nil }
        let response = try await Transport().send(
            Request(url: server.url("/a/b?x=1"), headers: [("Authorization", "Bearer s")]))
        #expect(response.head.url == server.url("/c?y=2"))
        #expect(server.calls.last?.headers["authorization"] == "Bearer s")
        #expect(server.connections == 1 || server.mayHaveAged)
    }

    @Test(arguments: [(301, "GET "), (302, "GET "), (303, "GET "), (307, "POST q"), (308, "POST q")])
    func theStatusSaysWhatBecomesOfABody(status: Int, expected: String) async throws {
        let server = redirecting(status) { $0.path == "/a" ? "/b" : nil }
        let request = Request(
            method: "POST", url: server.url("/a"), headers: [("Content-Type", "text/plain")], body: Array("q".utf8))
        let response = try await Transport().send(request)
        #expect(String(decoding: try await response.body.bytes(), as: UTF8.self) == expected)
        #expect((server.calls.last?.headers["content-type"] == nil) == (status <= 303))
    }

    @Test func circlesAndLongChainsAreRefused() async throws {
        let circle = redirecting { $0.path == "/a" ? "/b" : "/a" }
        let chain = redirecting { "/\(($0.path.dropFirst().count)).\($0.path.dropFirst())" }
        let transport = Transport()
        for (server, reason, calls) in [(circle, "in a circle", 2), (chain, "more than 5", 6)] {
            let refused = try await fault { () async throws(Fault) in
                try await transport.send(Request(url: server.url("/a")))
            }
            #expect(refused.code == .sourceRedirect && refused.message.contains(reason))
            #expect(server.calls.count == calls)
        }
    }

    @Test func anotherHostIsRefusedUnlessAllowedAndNeverToldCredentials() async throws {
        let target = LoopbackServer { _, connection in connection.answer(text: "there") }
        let server = redirecting { _ in "http://localhost:\(target.port)/x" }
        let transport = Transport()
        var request = Request(
            url: server.url("/a"),
            headers: [("Authorization", "s"), ("appKey", "s"), ("Cookie", "s"), ("Accept", "text/xml")])
        let refused = try await fault { () async throws(Fault) in try await transport.send(request) }
        #expect(refused.code == .sourceRedirect && target.calls.isEmpty)
        request.allowedHosts = ["localhost"]
        _ = try await transport.send(request)
        let told = try #require(target.calls.first).headers
        #expect(told["accept"] == "text/xml")
        #expect(told["authorization"] == nil && told["appkey"] == nil && told["cookie"] == nil)
    }

    @Test(arguments: [
        ("http://h/", "file:///etc/passwd"), ("https://h/", "http://h/"), ("http://h/", "ftp://h/"),
        ("http://h/", "https://other/"), ("http://h/", "//other/x"), ("http://h/", "http://h@other/"),
        ("http://h/", ""),
    ])
    func placesThatAreNotGoneTo(from: String, to: String) throws {
        let hop = try Hop(Request(url: from))
        let head = ResponseHead(status: 302, headers: Headers([("Location", to)]), url: from)
        let refused = #expect(throws: Fault.self) { try hop.redirected(by: head) }
        #expect(refused?.code == .sourceRedirect)
    }

    @Test func theStepToTLSOnTheSameHostKeepsCredentials() throws {
        let tls = TLSIdentity(authority: "a", certificate: "c", key: "k")
        let hop = try Hop(Request(url: "http://h/a", headers: [("X-Key", "s")], tls: tls, allowedHosts: ["other"]))
        func next(_ place: String) throws -> Request {
            try hop.redirected(by: ResponseHead(status: 302, headers: Headers([("Location", place)]), url: "")).request
        }
        #expect(try next("https://h/a").headers.map(\.value) == ["s"])
        #expect(try next("https://h/a").tls == tls)
        #expect(try next("https://h:8443/a").headers.isEmpty)
        #expect(try next("https://other/a").tls == TLSIdentity(authority: "a"))
    }
}
