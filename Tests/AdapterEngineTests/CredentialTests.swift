import Foundation
import Model
import Synchronization
import Testing
import Transport

@testable import AdapterEngine

@Suite("Credentials of old services and new gateways")
struct CredentialTests {
    @Test(
        "SM3 is that of GB/T 32905-2016",
        arguments: [
            ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
            (
                String(repeating: "abcd", count: 16),
                "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
            ),
        ])
    func sm3(text: String, expected: String) { #expect(Checksum.hex(Digest.sm3(Array(text.utf8))) == expected) }

    @Test("a password digest is that of the profile: base64 of SHA-1 over nonce, time and password")
    func usernameToken() throws {
        let token = UsernameToken(user: "ex<change", password: "p&w", isDigest: true)
        let header = token.header(at: SourceTime(epoch: 1_772_323_200), nonce: Array(0..<16))
        #expect(header.contains("<wsse:Username>ex&lt;change</wsse:Username>"))
        #expect(header.contains("<wsu:Created>2026-03-01T00:00:00Z</wsu:Created>"))
        #expect(header.contains("AAECAwQFBgcICQoLDA0ODw==</wsse:Nonce>"))
        // printf of the nonce, the time and the password through openssl dgst -sha1 -binary | base64.
        #expect(header.contains("#PasswordDigest\">Baki5aA2KuJSZH+fvtI0Tu7zRUI=</wsse:Password>"), "\(header)")
        #expect(!header.contains("p&amp;w"))
        let plain = UsernameToken(user: "u", password: "p&w", isDigest: false)
        #expect(plain.header(at: SourceTime(epoch: 0)).contains("#PasswordText\">p&amp;w</wsse:Password>"))
    }

    @Test("a SOAP request carries the credential's header, and never twice the same nonce")
    func soap() throws {
        let parameters: [String: ParameterValue] = [
            "path": .text("/ws"), "body": .text("<q/>"), "records": .text("/Envelope/Body/r/row"),
        ]
        let plan = try Fixture.plan(
            parameters, adapter: "http-soap",
            credential: .usernameToken(user: "exchange", secret: "key", isDigest: true))
        let bodies = try (0..<2).map { _ in String(decoding: try Fixture.request(plan).body ?? [], as: UTF8.self) }
        #expect(bodies[0].contains("<soap:Header><wsse:Security"))
        #expect(bodies[0] != bodies[1])
        #expect(!bodies[0].contains("s3cret"))
    }

    private static let client = Credential.Client(
        address: "http://core.test/oauth2/token", name: "ex:change", secret: "key", scope: "read")

    /// A server of tokens and of one page, which takes the newest token only.
    private final class Gateway: Sendable {
        struct State {
            var tokens = 0
            var asked: [String] = []
            var forms: [String] = []
        }
        let state = Mutex(State())
        let expiresIn: Int
        let refusesFirst: Bool

        init(expiresIn: Int = 3600, refusesFirst: Bool = false) {
            self.expiresIn = expiresIn
            self.refusesFirst = refusesFirst
        }

        func send(_ request: Request) throws(Fault) -> Response {
            let answer = try state.withLock { state throws(Fault) -> String in
                if request.url.hasSuffix("/token") {
                    state.tokens += 1
                    state.forms.append(
                        (request.header("Authorization") ?? "none") + " "
                            + String(decoding: request.body ?? [], as: UTF8.self))
                    return
                        #"{"access_token": "t\#(state.tokens)", "token_type": "Bearer", "expires_in": \#(expiresIn)}"#
                }
                let shown = request.header("Authorization") ?? "none"
                state.asked.append(shown)
                if refusesFirst, shown == "Bearer t1" { throw Fault(.sourceUnauthorized, "not accepted") }
                let isLast = request.url.contains("page=2")
                return isLast ? #"{"rows": [{"id": 3}], "total": 3}"# : #"{"rows": [{"id": 1}, {"id": 2}], "total": 3}"#
            }
            return Response(
                head: ResponseHead(status: 200, headers: Headers(), url: request.url),
                body: Body(chunks: [Array(answer.utf8)]))
        }
    }

    private func read(_ gateway: Gateway, _ client: Credential.Client = client) async throws -> Int {
        let plan = try Fixture.plan(
            [
                "path": .text("/f"), "records": .text("rows"), "total_path": .text("total"), "paging": .text("page"),
                "page_size": .number(2),
            ], columns: ["id"], credential: .oauth2(client))
        return try await SourceReading(now: { Fixture.now }).read(
            plan, from: Position(), send: { request throws(Fault) in try gateway.send(request) },
            emit: { _, _ throws(Fault) in }
        ).records
    }

    @Test("an access token is asked for once, with name and secret encoded as RFC 6749 says")
    func token() async throws {
        let gateway = Gateway()
        #expect(try await read(gateway) == 3)
        let state = gateway.state.withLock { $0 }
        #expect(state.asked == ["Bearer t1", "Bearer t1"])
        let pair = Data("ex%3Achange:s3cret".utf8).base64EncodedString()
        #expect(state.forms == ["Basic \(pair) grant_type=client_credentials&scope=read"])
    }

    @Test("name and secret go into the form where the gateway wants them there")
    func form() async throws {
        let gateway = Gateway()
        var client = Self.client
        client.placement = .body
        client.scope = nil
        #expect(try await read(gateway, client) == 3)
        #expect(
            gateway.state.withLock(\.forms)
                == ["none grant_type=client_credentials&client_id=ex%3Achange&client_secret=s3cret"])
    }

    @Test("a token that is about to expire is asked for again, one that is refused once")
    func renewal() async throws {
        let brief = Gateway(expiresIn: 10)
        #expect(try await read(brief) == 3)
        #expect(brief.state.withLock(\.asked) == ["Bearer t1", "Bearer t2"])
        let strict = Gateway(refusesFirst: true)
        #expect(try await read(strict) == 3)
        #expect(strict.state.withLock(\.asked) == ["Bearer t1", "Bearer t2", "Bearer t2"])
    }

    @Test("a token is not asked for on a host that is not the system's")
    func foreignHost() {
        var client = Self.client
        client.address = "http://elsewhere.test/token"
        let fault = #expect(throws: Fault.self) {
            _ = try Fixture.plan(["path": .text("/f")], credential: .oauth2(client))
        }
        #expect(fault?.code == .badAdapter)
    }
}

@Suite("Where the next page is")
struct NextAddressTests {
    private let system = SourceSystem(name: "s", title: "S", base: "http://a.test/api", hosts: ["b.test"])

    @Test(
        "an address is taken from where it was read",
        arguments: [
            ("/x?p=2", "http://a.test/x?p=2"), ("?p=2", "http://a.test/api/f?p=2"),
            ("g?p=2", "http://a.test/api/g?p=2"),
            ("http://a.test/x", "http://a.test/x"), ("https://a.test/x", "https://a.test/x"),
            ("http://b.test/x", "http://b.test/x"), ("http://b.test:8080/x", "http://b.test:8080/x"),
        ])
    func resolved(reference: String, address: String) throws {
        #expect(try NextAddress(system: system).resolve(reference, at: "http://a.test/api/f?p=1") == address)
    }

    @Test(
        "an address that leads away is refused",
        arguments: [
            "http://c.test/", "//c.test/x", "file:///etc/passwd", "ftp://a.test/x", "http://user@a.test/",
            "http://[::1]/",
            "http://a.test.evil.test/", "http://a.test:8080/x", "https://a.test:8443/x",
        ])
    func refused(reference: String) {
        let fault = #expect(throws: Fault.self) {
            _ = try NextAddress(system: system).resolve(reference, at: "http://a.test/api/f")
        }
        #expect(fault?.code == .sourceRedirect)
    }

    @Test("the links of a header are found by their relation, whatever else stands there")
    func links() {
        let header = LinkHeader([
            #"<http://a.test/1>; rel="prev"; title="a, b", </2?a=1,2>;rel=NEXT"#, #"</3>; rel="last up""#, "nonsense",
        ])
        #expect(header.target("next") == "/2?a=1,2")
        #expect(header.target("prev") == "http://a.test/1")
        #expect(header.target("up") == "/3")
        #expect(header.target("first") == nil)
    }

    @Test(
        "only what is a relation of the page counts, once",
        arguments: [
            #"<?p=9>; title="x; rel=next"; rel="last", <?p=2>; rel="next""#,
            #"<?p=9>; title="x\", y"; rel=last, <?p=2>; rel="next""#,
            #"<?p=9>; rel="next"; anchor="http://a.test/other", <?p=2>; rel="next""#,
            #"<?p=9>; rel="prev"; rel="next", <?p=2>; rel="next""#, #" , <?p=2> ; REL = "prefetch  NEXT" ,"#,
            #"<?p=2>; nopush; rel=next"#,
        ])
    func relations(header: String) { #expect(LinkHeader([header]).target("next") == "?p=2") }

    @Test("a service that does not know of its TLS is asked over TLS all the same, and on its own port only")
    func proxied() throws {
        let next = NextAddress(system: system)
        #expect(try next.resolve("http://a.test/x?p=2", at: "https://a.test/f") == "https://a.test/x?p=2")
        for reference in ["http://a.test:8080/x", "http://b.test/x"] {
            #expect(throws: Fault.self) { try next.resolve(reference, at: "https://a.test/f") }
        }
    }

    @Test("a signature in an address is replaced by the one of the request")
    func signature() {
        let address = RequestAddress("http://a.test/x?page=2&sign=old&t=1").replacing(with: [
            ("sign", "new"), ("t", "2"),
        ])
        #expect(address.text == "http://a.test/x?page=2&sign=new&t=2")
        #expect(RequestAddress("http://a.test/x").replacing(with: [("k", "v")]).text == "http://a.test/x?k=v")
    }
}
