import Foundation
import Loopback
import Model
import Testing

@testable import Transport

@Suite(.enabled(if: TLSServer.isPossible, "openssl is not installed"))
struct TLSTests {
    private func ask(_ server: TLSServer, _ identity: TLSIdentity?, host: String = "localhost") async throws(Fault)
        -> Int
    {
        let request = Request(url: "https://\(host):\(server.port)/", tls: identity, retry: .never)
        let response = try await Transport().send(request)
        _ = try await response.body.bytes()
        return response.head.status
    }

    @Test func aPrivateAuthorityIsTrustedWhereNamedAndNowhereElse() async throws {
        let server = try TLSServer()
        #expect(try await ask(server, TLSIdentity(authority: server.file("ca.pem"))) == 200)
        for identity in [nil, TLSIdentity(authority: server.file("other.pem"))] {
            #expect(try await fault { () async throws(Fault) in try await ask(server, identity) }.code == .sourceTLS)
        }
    }

    @Test func aCertificateForAnotherNameIsRefused() async throws {
        let server = try TLSServer()
        let wrong = try await fault { () async throws(Fault) in
            try await ask(server, TLSIdentity(authority: server.file("ca.pem")), host: "127.0.0.1")
        }
        #expect(wrong.code == .sourceTLS && !wrong.isRetryable)
    }

    @Test func ourCertificateIsShownWhereItIsWanted() async throws {
        let server = try TLSServer(wantsCertificate: true)
        var identity = TLSIdentity(authority: server.file("ca.pem"))
        _ = try await fault { () async throws(Fault) in try await ask(server, identity) }
        identity.certificate = server.file("client.pem")
        identity.key = server.file("client.key")
        #expect(try await ask(server, identity) == 200)
        identity.key = server.file("missing.key")
        #expect(try await fault { () async throws(Fault) in try await ask(server, identity) }.code == .sourceTLS)
    }
}
