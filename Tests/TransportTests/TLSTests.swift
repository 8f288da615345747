import Foundation
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
        let server = try TLSServer(wantsCertificate: false)
        #expect(try await ask(server, TLSIdentity(authority: server.file("ca.pem"))) == 200)
        for identity in [nil, TLSIdentity(authority: server.file("other.pem"))] {
            #expect(try await fault { () async throws(Fault) in try await ask(server, identity) }.code == .sourceTLS)
        }
    }

    @Test func aCertificateForAnotherNameIsRefused() async throws {
        let server = try TLSServer(wantsCertificate: false)
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

/// `openssl s_server` with certificates made for the test.
final class TLSServer {
    static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    let port: Int
    private let folder: TemporaryFolder
    private let process: Process

    init(wantsCertificate: Bool) throws {
        folder = try TemporaryFolder()
        let path = folder.path
        for (name, subject) in [("ca", "/CN=Test Authority"), ("other", "/CN=Other Authority")] {
            try Self.openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj", [subject],
                "-keyout \(path)/\(name).key -out \(path)/\(name).pem")
        }
        for (name, subject) in [("server", "/CN=localhost"), ("client", "/CN=exchange")] {
            try Self.openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj", [subject],
                "-addext basicConstraints=CA:FALSE -addext subjectAltName=DNS:localhost -CA \(path)/ca.pem -CAkey "
                    + "\(path)/ca.key -keyout \(path)/\(name).key -out \(path)/\(name).pem")
        }
        let extra = wantsCertificate ? " -Verify 1 -verify_return_error -CAfile \(path)/ca.pem" : ""
        let output = Pipe()
        process = try Self.start(
            "s_server -accept 127.0.0.1:0 -www -cert \(path)/server.pem -key \(path)/server.key" + extra, output)
        port = try Self.port(from: output)
    }

    deinit { process.terminate() }

    func file(_ name: String) -> String { folder.path + "/" + name }

    private static func port(from output: Pipe) throws -> Int {
        var said = ""
        while !said.contains("\n") || !said.contains("ACCEPT") || !said.hasSuffix("\n") {
            let data = output.fileHandleForReading.availableData
            try #require(!data.isEmpty)
            said += String(decoding: data, as: UTF8.self)
        }
        let digits = said.components(separatedBy: "ACCEPT 127.0.0.1:").last?.prefix { $0.isNumber } ?? ""
        return try #require(Int(digits))
    }

    private static func openssl(_ before: String, _ middle: [String], _ after: String) throws {
        let words =
            before.split(separator: " ").map(String.init) + middle + after.split(separator: " ").map(String.init)
        let process = try start(words, Pipe())
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private static func start(_ words: String, _ output: Pipe) throws -> Process {
        try start(words.split(separator: " ").map(String.init), output)
    }

    private static func start(_ words: [String], _ output: Pipe) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = words
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = Pipe()
        try process.run()
        return process
    }
}
