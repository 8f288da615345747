import Foundation
import Testing

/// nginx with certificates of the test's own authority: it wants one of its clients, and speaks HTTP/2.
@Suite(.enabled(if: Peers.areWanted && Peers.nginx != nil, "run by make test-peers, where nginx is installed"))
struct NginxTests {
    private static let settings = """
        daemon off;
        master_process off;
        pid FOLDER/nginx.pid;
        error_log FOLDER/error.log;
        events {}
        http {
            log_format spoken '$server_protocol $status $ssl_client_s_dn';
            access_log FOLDER/access.log spoken;
            client_body_temp_path FOLDER/body;
            proxy_temp_path FOLDER/proxy;
            fastcgi_temp_path FOLDER/fastcgi;
            uwsgi_temp_path FOLDER/uwsgi;
            scgi_temp_path FOLDER/scgi;
            types { application/json json; }
            server {
                listen 127.0.0.1:PORT ssl http2;
                ssl_certificate FOLDER/server.pem;
                ssl_certificate_key FOLDER/server.key;
                ssl_client_certificate FOLDER/ca.pem;
                ssl_verify_client on;
                root FOLDER/www;
            }
        }
        """

    private static let entry = """
        entry: licence
        title: 证照
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source: {system: source, adapter: http-json, with: {path: /licences.json}}
        delivers: snapshot
        key: [id]
        fields:
          id: {title: 编号}
          name: {title: 名称, required: true}
        """

    /// An authority with a server's and a client's certificate, and another authority's client.
    private static func certify(_ server: PeerServer) throws {
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        func openssl(_ name: String, _ subject: String, _ more: [String]) throws {
            let files = ["-keyout", server.path("\(name).key"), "-out", server.path("\(name).pem")]
            _ = try Peers.output("openssl", ["req", "-x509", "-subj", subject] + key + more + files)
        }
        for (authority, client) in [("ca", "client"), ("other", "stranger")] {
            try openssl(authority, "/CN=\(authority)", [])
            let signed = [
                "-addext", "basicConstraints=CA:FALSE", "-CA", server.path("\(authority).pem"), "-CAkey",
                server.path("\(authority).key"),
            ]
            try openssl(client, "/CN=exchange", signed)
            guard authority == "ca" else { continue }
            try openssl("server", "/CN=gateway", signed + ["-addext", "subjectAltName=IP:127.0.0.1"])
        }
    }

    private static func start() async throws -> PeerServer {
        let server = try PeerServer()
        try certify(server)
        try server.write("nginx.conf", settings)
        try publish(1...300, server)
        try await server.start(
            Peers.nginx ?? "nginx", ["-e", "stderr", "-p", server.folder.path, "-c", server.path("nginx.conf")])
        return server
    }

    private static func publish(_ numbers: some Sequence<Int>, _ server: PeerServer, named name: String = "证照") throws {
        let rows = numbers.map { #"{"id":"\#($0)","name":"\#(name)\#($0)"}"# }
        try server.write("www/licences.json", "[\(rows.joined(separator: ","))]")
    }

    private static func exchange(_ server: PeerServer, shows name: String, trusts authority: String) throws
        -> ExchangeFolder
    {
        let credential = """
            credential: {kind: certificate, certificate: \(server.path("\(name).pem")), key: \(server.path("\(name).key")), \
            authority: \(server.path("\(authority).pem"))}
            """
        return try ExchangeFolder(
            base: "https://127.0.0.1:\(server.port)", entries: ["licence": entry], system: credential)
    }

    @Test func syncedTwiceWithACertificateOverHTTP2() async throws {
        let server = try await Self.start()
        defer { server.stop() }
        let exchange = try Self.exchange(server, shows: "client", trusts: "ca")
        #expect(try await exchange.published("licence")["added"] == 300)
        let spoken = try String(contentsOfFile: server.path("access.log"), encoding: .utf8)
        #expect(spoken == "HTTP/2.0 200 CN=exchange\n")

        try Self.publish(6...301, server)
        let second = try await exchange.published("licence")
        #expect(second["added"] == 1 && second["removed"] == 5 && second["unchanged"] == 295, "\(second)")
        let direct = try Peers.output(
            "curl",
            [
                "-sS", "--fail", "--cacert", server.path("ca.pem"), "--cert", server.path("client.pem"), "--key",
                server.path("client.key"), "https://127.0.0.1:\(server.port)/licences.json",
            ])
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(direct.utf8)) as? [[String: String]])
        let records = try await exchange.records(of: "licence")
        #expect(records.count == rows.count)
        let served = Dictionary(uniqueKeysWithValues: records.values.map { ($0["id"] ?? "", $0["name"] ?? "") })
        #expect(rows.allSatisfy { served[$0["id"] ?? ""] == $0["name"] })
    }

    @Test func aStrangersCertificateAndAStrangersServerPublishNothing() async throws {
        let server = try await Self.start()
        defer { server.stop() }
        let stranger = try Self.exchange(server, shows: "stranger", trusts: "ca")
        let refused = try await stranger.run("sync", "licence")
        #expect(refused.status == 1)
        #expect(
            refused.complaints.contains("source.refused") || refused.complaints.contains("source.tls"),
            "\(refused.complaints)")
        #expect(try await stranger.records(of: "licence").isEmpty)

        let wary = try Self.exchange(server, shows: "client", trusts: "other")
        let distrusted = try await wary.run("sync", "licence")
        #expect(distrusted.status == 1 && distrusted.complaints.contains("source.tls"), "\(distrusted.complaints)")
        #expect(try await wary.records(of: "licence").isEmpty)

        let bare = try ExchangeFolder(base: "https://127.0.0.1:\(server.port)", entries: ["licence": Self.entry])
        let unknown = try await bare.run("sync", "licence")
        #expect(unknown.status == 1 && unknown.complaints.contains("source.tls"), "\(unknown.complaints)")
        // The server itself refuses whoever shows nothing.
        let status = try Peers.output(
            "curl",
            [
                "-s", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", server.path("ca.pem"),
                "https://127.0.0.1:\(server.port)/licences.json",
            ])
        #expect(status == "400")
        let log = try String(contentsOfFile: server.path("access.log"), encoding: .utf8)
        #expect(!log.contains(" 200 "), "\(log)")
    }

    @Test func aCertificateThatNoLongerFitsLeavesWhatIsServed() async throws {
        let server = try await Self.start()
        defer { server.stop() }
        let exchange = try Self.exchange(server, shows: "client", trusts: "ca")
        _ = try await exchange.published("licence")
        for end in ["pem", "key"] {
            let mine = URL(filePath: server.path("client.\(end)"))
            try Data(contentsOf: URL(filePath: server.path("stranger.\(end)"))).write(to: mine)
        }
        try Self.publish(1...2, server)
        let refused = try await exchange.run("sync", "licence")
        #expect(refused.status == 1, "\(refused.output)")
        #expect(try await exchange.records(of: "licence").count == 300)
    }
}
