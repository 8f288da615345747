import Foundation
import Model
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
        ("100::1", .reserved), ("4000::1", .reserved),
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
