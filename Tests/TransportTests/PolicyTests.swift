import Foundation
import Loopback
import Model
import Synchronization
import Testing

@testable import Transport

@Suite struct PolicyTests {
    @Test(arguments: [
        ("8.8.8.8", AddressKind.global), ("0.0.0.0", .unspecified), ("0.1.2.3", .unspecified),
        ("10.1.2.3", .privateNetwork),
        ("100.64.0.1", .privateNetwork), ("100.63.255.255", .global), ("100.128.0.0", .global),
        ("127.0.0.1", .loopback),
        ("127.255.255.254", .loopback), ("169.254.169.254", .linkLocal), ("172.15.255.255", .global),
        ("172.16.0.1", .privateNetwork), ("172.31.255.255", .privateNetwork), ("172.32.0.0", .global),
        ("192.168.1.1", .privateNetwork), ("192.0.2.1", .reserved), ("198.18.0.1", .reserved),
        ("198.19.255.255", .reserved),
        ("203.0.113.9", .reserved), ("224.0.0.1", .multicast), ("239.255.255.255", .multicast),
        ("240.0.0.1", .reserved),
        ("255.255.255.255", .reserved), ("::", .unspecified), ("::1", .loopback), ("::2", .reserved),
        ("::ffff:127.0.0.1", .loopback), ("::ffff:10.0.0.1", .privateNetwork), ("::ffff:8.8.8.8", .global),
        ("::127.0.0.1", .reserved), ("64:ff9b::a9fe:a9fe", .linkLocal), ("64:ff9b::808:808", .global),
        ("64:ff9b:1::1", .privateNetwork), ("2002:7f00:1::", .loopback), ("2002:808:808::", .global),
        ("2001::1", .reserved), ("2001:db8::1", .reserved), ("2400:3200::1", .global), ("fe80::1", .linkLocal),
        ("fec0::1", .privateNetwork), ("fc00::1", .privateNetwork), ("fdff::1", .privateNetwork),
        ("ff02::1", .multicast),
        ("100::1", .reserved), ("4000::1", .reserved), ("100.100.100.200", .cloudMetadata),
        ("::ffff:100.100.100.200", .cloudMetadata), ("100.100.100.201", .privateNetwork),
        ("168.63.129.16", .cloudMetadata), ("fd00:ec2::254", .cloudMetadata), ("fd20:ce::254", .cloudMetadata),
        ("fd00:ec2::255", .privateNetwork), ("::ffff:0:127.0.0.1", .reserved), ("64:ff9b::7f00:1", .loopback),
        ("64:ff9b::a00:1", .privateNetwork),
    ])
    func everyKindOfAddressIsKnown(text: String, kind: AddressKind) {
        var bytes = [UInt8](repeating: 0, count: text.contains(":") ? 16 : 4)
        #expect(inet_pton(text.contains(":") ? AF_INET6 : AF_INET, text, &bytes) == 1)
        #expect(AddressKind(bytes) == kind)
    }

    @Test func whatThePolicyAllows() {
        let open = OutboundPolicy(allowsLoopback: true, allowsPrivate: true)
        #expect(AddressKind.allCases.filter { OutboundPolicy().allows($0) } == [.global])
        #expect(AddressKind.allCases.filter { open.allows($0) } == [.global, .loopback, .privateNetwork])
    }

    @Test(arguments: [
        "127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1",
        "[fe80::1]",
        "169.254.169.254", "10.0.0.1", "192.168.0.1", "[fd00::1]",
    ])
    func forbiddenAddressesAreNotConnectedTo(host: String) async throws {
        let server = LoopbackServer { _, connection in connection.answer() }
        let clock = FakeClock()
        let transport = Transport(policy: OutboundPolicy(), timing: clock.timing)
        let refused = try await fault { () async throws(Fault) in
            try await transport.send(Request(url: server.url("/", host: host)))
        }
        #expect(refused.code == .sourceForbidden, "\(refused)")
        #expect(server.connections == 0 && clock.slept.isEmpty)
    }

    /// Forms that one parser reads and another does not: whatever libcurl makes of them, nothing is connected to.
    @Test(arguments: [
        "0", "127.0.1", "0177.0.0.1", "017700000001", "0x7f000001", "0x7F.0x0.0x0.0x1", "127.0.0.1.", "localhost.",
        "LOCALHOST", "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "127。0。0。1", "①②⑦.⓪.⓪.①", "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:0:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]",
        "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[::]", "[fe80::1%25lo]", "2852039166", "0xa9fea9fe",
        "[::ffff:169.254.169.254]", "100.100.100.200", "[fd00:ec2::254]",
    ])
    func noSpellingOfAForbiddenAddressIsConnectedTo(host: String) async throws {
        let server = LoopbackServer { _, connection in connection.answer() }
        // With all that settings can allow, but loopback: the server itself is what must not be reached.
        let transport = Transport(policy: OutboundPolicy(allowsPrivate: true), timing: FakeClock().timing)
        let refused = try await fault { () async throws(Fault) in
            try await transport.send(Request(url: server.url("/", host: host), retry: .never))
        }
        #expect([.sourceForbidden, .sourceUnreachable, .badSettings].contains(refused.code), "\(refused)")
        #expect(server.connections == 0)
    }

    /// Where a department's redirect would lead, with the server's own port in place of PORT.
    @Test(arguments: [
        "http://localhost:PORT/", "http://localhost.:PORT/", "http://0.0.0.0:PORT/", "http://0:PORT/",
        "http://[::1]:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "//localhost:PORT/", "http:///localhost:PORT/",
        "http://127.0.0.1@localhost:PORT/", "http://127.0.0.1:80@localhost:PORT/", "http://user@127.0.0.1:PORT/",
        "http://localhost:PORT#@127.0.0.1/", "http://localhost:PORT\\@127.0.0.1/", "http://127.0.0.1.localhost:PORT/",
        "ftp://127.0.0.1:PORT/", "gopher://127.0.0.1:PORT/", "dict://127.0.0.1:PORT/", "file:///etc/passwd",
        "FILE:/etc/passwd", "javascript:alert(1)", "data:text/plain,x", "http://169.254.169.254/", "http://2852039166/",
        "http://127.0.0.1:PORT/\u{1}", "http://[::1", "http://",
    ])
    func noRedirectLeadsToWhatNobodyDeclared(target: String) async throws {
        let port = Mutex(0)
        let server = LoopbackServer { call, connection in
            let place = target.replacing("PORT", with: String(port.withLock { $0 }))
            connection.answer("302 Found", headers: ["Location: \(place)"])
        }
        port.withLock { $0 = server.port }
        let transport = Transport()
        let refused = try await fault { () async throws(Fault) in
            try await transport.send(Request(url: server.url("/start"), retry: .never))
        }
        #expect(refused.code == .sourceRedirect, "\(refused)")
        #expect(server.calls.map(\.path) == ["/start"])
    }

    @Test func credentialsStayWithTheHostThatTheyAreFor() async throws {
        let other = LoopbackServer { _, connection in connection.answer(text: "ok") }
        let server = LoopbackServer { _, connection in
            connection.answer("302 Found", headers: ["Location: \(other.url("/there", host: "localhost"))"])
        }
        let request = Request(
            url: server.url("/"), headers: [("Authorization", "Bearer s3cret"), ("X-App-Key", "s3cret")],
            allowedHosts: ["localhost"])
        _ = try await Transport().send(request).body.bytes()
        #expect(other.calls.count == 1 && !"\(other.calls)".contains("s3cret"))
    }

    @Test func aRedirectToAForbiddenAddressIsNotConnectedToEither() async throws {
        let server = LoopbackServer { _, connection in
            connection.answer("302 Found", headers: ["Location: http://169.254.169.254/latest/meta-data"])
        }
        let transport = Transport()
        let request = Request(url: server.url("/"), allowedHosts: ["169.254.169.254"])
        #expect(
            try await fault { () async throws(Fault) in try await transport.send(request) }.code == .sourceForbidden)
    }
}
