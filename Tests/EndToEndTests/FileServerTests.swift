import Foundation
import Testing

/// Real servers of files on loopback: OpenSSH's sshd, and Python's pyftpdlib (`make test-peers`).
@Suite(.enabled(if: Peers.areWanted, "run by make test-peers"), .serialized) struct FileServerTests {
    private static func exchange(_ base: String, _ more: String) throws -> ExchangeFolder {
        try ExchangeFolder(
            base: base,
            entries: ["item": DeliveryFolder.entry(adapter: "file-json", with: "{}")], system: more)
    }

    /// Synced twice, with a delivery between.
    private static func syncTwice(_ exchange: borrowing ExchangeFolder, _ folder: DeliveryFolder) async throws {
        try folder.python(
            """
            rows = [{'code': str(n), 'name': '事项' * 50} for n in range(20000)]
            with zipfile.ZipFile('a 1.zip', 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('a.json', json.dumps(rows))
            open('a 1.ok', 'w')
            """)
        let first = try await exchange.run("sync", "item")
        #expect(first.status == 0, "\(first.output) \(first.complaints)")
        #expect(try await exchange.names().count == 20_000)
        try folder.put("b.json", #"[{"code":"7","name":"岳麓"},{"code":"x","name":"望城"}]"#)
        try folder.put("b.ok", "")
        #expect(try await exchange.runs("sync", "item").compactMap { $0["state"] as? String } == ["published"])
        let names = try await exchange.names()
        #expect(names.count == 20_001 && names["7"] == "岳麓")
        let idle = try await exchange.runs("sync", "item")
        #expect((idle.first?["difference"] as? [String: Any])?["read"] as? Int == 0)
    }

    @Test(.enabled(if: Peers.sshd != nil, "there is no sshd")) func overSSHWithAKeyAndADeclaredHost() async throws {
        let folder = try DeliveryFolder()
        defer { folder.remove() }
        let server = try SSHServer()
        defer { server.stop() }
        let base = "sftp://127.0.0.1:\(server.port)\(folder.url.path)"
        let credential = "credential: {kind: private-key, user: \(NSUserName()), key: \(server.key)}"
        for proof in ["host_key: \"\(server.fingerprint)\"", "known_hosts: \(server.knownHosts)"] {
            try await Self.syncTwice(Self.exchange(base, "\(credential), \(proof)"), folder)
            for name in ["b.ok", "b.json"] { try folder.take(name) }
        }
        let other = "SHA256:" + String(repeating: "A", count: 43)
        let wrong = try await Self.exchange(base, "\(credential), host_key: \"\(other)\"").run("sync", "item")
        #expect(wrong.status == 1 && wrong.complaints.contains("source.tls"), "\(wrong.complaints)")
        try Data().write(to: URL(filePath: server.knownHosts))
        let unknown = try await Self.exchange(base, "\(credential), known_hosts: \(server.knownHosts)").run(
            "sync", "item")
        #expect(unknown.status == 1 && unknown.complaints.contains("source.tls"), "\(unknown.complaints)")
        let blind = try await Self.exchange(base, credential).run("check")
        #expect(blind.status == 1 && blind.output.contains("unknown-host-key"), "\(blind.output)\(blind.complaints)")
    }

    @Test(.enabled(if: Peers.hasFTP, "there is no pyftpdlib")) func overFTPWithAPassword() async throws {
        let folder = try DeliveryFolder()
        defer { folder.remove() }
        let port = Peers.port()
        let server = try Peers.start(
            Peers.python,
            [
                "-m", "pyftpdlib", "-i", "127.0.0.1", "-p", "\(port)", "-d", folder.url.path, "-u", "police", "-P",
                "pass word",
            ])
        defer { kill(server.processIdentifier, SIGKILL) }
        try await Peers.waitFor(port)
        let exchange = try Self.exchange(
            "ftp://127.0.0.1:\(port)", "credential: {kind: basic, user: police, secret: ftp-password}")
        try exchange.write("secrets/ftp-password", "pass word\n")
        try await Self.syncTwice(exchange, folder)
        try exchange.write("secrets/ftp-password", "another\n")
        let refused = try await exchange.run("sync", "item")
        #expect(refused.complaints.contains("source.unauthorized"), "\(refused.complaints)")
    }
}

/// An sshd of the test's own, with its own keys, for the user who runs the test.
private struct SSHServer {
    let port = Peers.port()
    let key: String
    let fingerprint: String
    let knownHosts: String
    private let folder: URL
    private let process: Process

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "huitong-sshd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let host = folder.appending(path: "host").path
        key = folder.appending(path: "client").path
        knownHosts = folder.appending(path: "known_hosts").path
        for file in [host, key] { _ = try Peers.output("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file]) }
        let words = try Peers.output("ssh-keygen", ["-l", "-f", host + ".pub"]).split(separator: " ")
        fingerprint = String(words[1])
        let publicKey = try String(contentsOfFile: host + ".pub", encoding: .utf8).split(separator: " ")
        try "[127.0.0.1]:\(port) \(publicKey[0]) \(publicKey[1])\n"
            .write(toFile: knownHosts, atomically: true, encoding: .utf8)
        try FileManager.default.copyItem(atPath: key + ".pub", toPath: folder.path + "/authorized")
        let settings = """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(host)
            AuthorizedKeysFile \(folder.path)/authorized
            PidFile \(folder.path)/pid
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            Subsystem sftp internal-sftp
            """
        try settings.write(toFile: folder.path + "/config", atomically: true, encoding: .utf8)
        // As root, sshd wants the folder that its service makes at the machine's start.
        if getuid() == 0 {
            try? FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
        }
        // sshd closes every descriptor it did not open, which Foundation takes for its end: a shell stays between.
        process = try Peers.start("sh", ["-c", "\(Peers.sshd ?? "sshd") -D -e -f '\(folder.path)/config'; :"])
        try Peers.waitForNow(port)
    }

    func stop() {
        let number = try? String(contentsOfFile: folder.path + "/pid", encoding: .utf8)
        if let number = number.flatMap({ Int32($0.filter(\.isNumber)) }) { kill(number, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
