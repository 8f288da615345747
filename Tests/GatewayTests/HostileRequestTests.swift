import Foundation
import HTTPTypes
import HummingbirdTesting
import Model
import Testing

@testable import Gateway

/// Requests that are none, that are two, or that are larger than anybody needs: over real sockets, each refused with a
/// document of ours, and the gateway goes on.
@Suite struct HostileRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: String
        var status: Int
        var code: FaultCode
        var testDescription: String { name }
    }

    private static func get(_ target: String, _ headers: String = "", version: String = "HTTP/1.1") -> String {
        "GET \(target) \(version)\r\nHost: localhost\r\n\(headers)\r\n"
    }

    private static func post(_ headers: String, _ body: String) -> String {
        "POST /collections/enterprise/search HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n\(body)"
    }

    private static let smuggled = "GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n"

    static let cases: [Case] = [
        Case(name: "no HTTP", bytes: "NONSENSE\r\n\r\n", status: 405, code: .methodNotAllowed),
        Case(
            name: "a TLS handshake", bytes: "\u{16}\u{03}\u{01}\u{02}\u{00}\r\n\r\n", status: 405,
            code: .methodNotAllowed),
        Case(
            name: "a method nobody knows", bytes: "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", status: 405,
            code: .methodNotAllowed),
        Case(
            name: "CONNECT", bytes: "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", status: 405,
            code: .methodNotAllowed),
        Case(
            name: "OPTIONS *", bytes: "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", status: 405,
            code: .methodNotAllowed),
        Case(name: "HTTP/9.9", bytes: get("/", version: "HTTP/9.9"), status: 400, code: .badRequest),
        Case(name: "no host", bytes: "GET / HTTP/1.1\r\n\r\n", status: 400, code: .badRequest),
        Case(name: "two hosts", bytes: get("/", "Host: localhost\r\n"), status: 400, code: .badRequest),
        Case(name: "an address without a slash", bytes: get("health/live"), status: 400, code: .badRequest),
        Case(
            name: "a long address", bytes: get("/?" + String(repeating: "x", count: 20_000)), status: 414,
            code: .urlTooLong),
        Case(
            name: "an address without end", bytes: get("/?" + String(repeating: "x", count: 200_000)), status: 431,
            code: .headerTooLarge),
        Case(
            name: "a large header", bytes: get("/", "X: \(String(repeating: "x", count: 64 << 10))\r\n"), status: 431,
            code: .headerTooLarge),
        Case(
            name: "many headers", bytes: get("/", String(repeating: "X: y\r\n", count: 200)), status: 431,
            code: .headerTooLarge),
        Case(name: "NUL in a header", bytes: get("/", "X: a\u{0}b\r\n"), status: 400, code: .badRequest),
        Case(name: "a bare CR in a header", bytes: get("/", "X: a\rb\r\n"), status: 400, code: .badRequest),
        Case(
            name: "a bare LF between headers", bytes: "GET / HTTP/1.1\nHost: localhost\n\n", status: 400,
            code: .badRequest),
        Case(name: "a folded header", bytes: get("/", "X: a\r\n b\r\n"), status: 400, code: .badRequest),
        Case(name: "a blank before the colon", bytes: get("/", "X : a\r\n"), status: 400, code: .badRequest),
        Case(
            name: "two lengths of two kinds",
            bytes: post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled), status: 400,
            code: .badRequest),
        Case(
            name: "the same the other way round",
            bytes: post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n" + smuggled), status: 400,
            code: .badRequest),
        Case(
            name: "two lengths of one kind",
            bytes: post("Content-Length: 4\r\nContent-Length: 5\r\n", "abcde" + smuggled),
            status: 400, code: .badRequest),
        Case(
            name: "a negative length", bytes: post("Content-Length: -1\r\n", smuggled), status: 400, code: .badRequest),
        Case(
            name: "a length that overflows", bytes: post("Content-Length: 99999999999999999999999\r\n", smuggled),
            status: 400, code: .badRequest),
        Case(
            name: "a length with a plus", bytes: post("Content-Length: +2\r\n", "{}" + smuggled), status: 400,
            code: .badRequest),
        Case(
            name: "a coding that is none", bytes: post("Transfer-Encoding: chunkedx\r\n", "0\r\n\r\n" + smuggled),
            status: 400, code: .badRequest),
        Case(
            name: "chunked twice", bytes: post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n" + smuggled),
            status: 400, code: .badRequest),
        Case(
            name: "a chunk size that is none",
            bytes: post("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n" + smuggled), status: 400,
            code: .badRequest),
        Case(
            name: "a chunk size that overflows",
            bytes: post("Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n" + smuggled),
            status: 400, code: .badRequest),
        Case(
            name: "a chunk longer than its size",
            bytes: post("Transfer-Encoding: chunked\r\n", "1\r\n{}\r\n0\r\n\r\n" + smuggled), status: 400,
            code: .badRequest),
        Case(
            name: "a body that is announced too large",
            bytes: post("Content-Length: 5000000\r\n", String(repeating: " ", count: 1_200_000)),
            status: 413, code: .requestTooLarge),
        Case(
            name: "chunks without end",
            bytes: post(
                "Transfer-Encoding: chunked\r\n",
                String(repeating: "8000\r\n\(String(repeating: " ", count: 0x8000))\r\n", count: 60)),
            status: 413, code: .requestTooLarge),
    ]

    @Test(arguments: cases) func `is refused once, with a document, and the gateway goes on`(hostile: Case) async throws
    {
        try await Samples.gateway().application.test(.live) { client in
            let port = try #require(client.port)
            let answer = try await Wire.exchange(port, hostile.bytes)
            #expect(answer.text.hasPrefix("HTTP/1.1 \(hostile.status) "), "\(answer.text)")
            #expect(answer.isClosed)
            let heads = answer.text.components(separatedBy: "HTTP/1.1 ").count - 1
            #expect(heads == 1, "what came with it was answered: \(answer.text)")
            let lines = answer.text.lowercased()
            #expect(lines.contains("connection: close") && lines.contains("x-request-id: "))
            if hostile.status == 405 { #expect(lines.contains("allow: get, head, post")) }
            let body = try #require(answer.text.components(separatedBy: "\r\n\r\n").last)
            let document = try JSONDecoder().decode(FaultDocument.self, from: Data(body.utf8))
            #expect(document.code == hostile.code.rawValue)
            #expect(document.status == hostile.status)
            #expect(try await client.execute(uri: "/health/live", method: .get).status == .ok)
        }
    }

    @Test func `an address with a host is its path`() async throws {
        try await Samples.gateway().application.test(.live) { client in
            let answer = try await Wire.exchange(
                try #require(client.port),
                "GET http://localhost/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(answer.text.hasPrefix("HTTP/1.1 200 ") && answer.isClosed)
        }
    }

    @Test(arguments: ["HTTP/1.0\r\n\r\n", "HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"])
    func `a connection that is not kept ends with its answer`(rest: String) async throws {
        try await Samples.gateway().application.test(.live) { client in
            let answer = try await Wire.exchange(try #require(client.port), "GET /health/live " + rest)
            #expect(answer.text.hasSuffix(#"{"status":"live"}"#) && answer.isClosed)
        }
    }

    @Test(arguments: [
        "/../status", "/collections/../status", "/collections/%2e%2e/status", "/collections/..%2fstatus/items",
        "/collections/enterprise/items/%00", "/collections/enterprise/items/%zz", "/collections/enterprise/items/%ff",
        "/collections/%C0%AE%C0%AE/items", "/health/live/..", "/%68ealth/live", "/health%2flive",
    ]) func `a path is what it is`(path: String) async throws {
        let answer = try await ask(path)
        #expect(answer.status == 404)
        #expect(answer.code == "request.not-found")
    }

    @Test func `no more parameters than anybody needs, whatever they are`() async throws {
        let many = (0..<4_000).map { "a\($0)" }.joined(separator: "&")
        #expect(try await ask("/collections/enterprise/items?\(many)").code == "request.bad-parameter")
        let names = (0..<1_000).map { _ in "uscc" }.joined(separator: ",")
        for parameter in ["properties", "sortby"] {
            let answer = try await ask("/collections/enterprise/items?\(parameter)=\(names)")
            #expect(answer.code == "request.bad-parameter", "\(parameter)")
            #expect(answer.text.contains("more than once"))
        }
    }

    @Test(arguments: [
        "limit=0", "limit=-1", "limit=99999999999999999999", "limit=1e3", "limit=", "bbox=nan,nan,nan,nan",
        "bbox=inf,0,0,0",
        "bbox=1,2,3", "cursor=AAAA", "cursor=%00", "sortby=-", "sortby=--uscc", "properties=", "f=exe", "bom=2",
    ]) func `absurd values are refused`(query: String) async throws {
        let answer = try await ask("/collections/enterprise/items?\(query)")
        #expect(answer.status == 400, "\(answer.text)")
        #expect(answer.code?.hasPrefix("request.") == true)
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
    func `a method that an address does not take`(method: String) async throws {
        let answer = try await ask("/status", method: try #require(HTTPRequest.Method(rawValue: method)))
        #expect(answer.status == 405)
        #expect(answer.headers[.allow] == "GET, HEAD")
    }

    @Test func `a body as deep as it is long is no crash`() async throws {
        for opening in [#"{"equals":"#, "["] {
            let body = String(repeating: opening, count: 200_000)
            let answer = try await ask("/collections/enterprise/search", method: .post, body: body)
            #expect(answer.code == "request.invalid" || answer.code == "request.too-large", "\(answer.text)")
        }
    }

    @Test func `an error does not repeat the id that was asked for`() async throws {
        let answer = try await ask("/collections/enterprise/items/430112199001011234")
        #expect(answer.status == 404)
        #expect(!answer.text.contains("430112199001011234"))
        #expect(answer.text.contains("/collections/enterprise/items/{id}"))
    }
}
