/// What kind of network an address belongs to, by the registries of RFC 6890 and RFC 4291.
public enum AddressKind: String, Sendable, CaseIterable {
    case global
    case loopback
    /// RFC 1918, RFC 6598 and unique local addresses (RFC 4193).
    case privateNetwork = "private"
    /// Where most clouds keep their machines' credentials (169.254.169.254).
    case linkLocal = "link-local"
    /// Where the other clouds keep them, in networks that are private or global otherwise: Alibaba Cloud (100.100.100.200),
    /// Azure (168.63.129.16), and the IPv6 addresses of AWS (fd00:ec2::254) and Google Cloud (fd20:ce::254).
    case cloudMetadata = "cloud-metadata"
    case multicast
    case unspecified
    /// Documentation, benchmarks, tunnels and all that is not assigned.
    case reserved

    /// The kind of four or sixteen bytes in network order; anything else is `reserved`.
    public init(_ bytes: [UInt8]) {
        switch bytes.count {
        case 4: self = Self.version4(bytes[...])
        case 16: self = Self.version6(bytes)
        default: self = .reserved
        }
    }

    private static func version4(_ bytes: ArraySlice<UInt8>) -> AddressKind {
        let address = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return version4Blocks.first { address >> (32 - $0.bits) == $0.prefix >> (32 - $0.bits) }?.kind ?? .global
    }

    private static let version4Blocks: [(prefix: UInt32, bits: UInt32, kind: AddressKind)] = [
        (0x6464_64c8, 32, .cloudMetadata), (0xa83f_8110, 32, .cloudMetadata),
        (0x0000_0000, 8, .unspecified), (0x0a00_0000, 8, .privateNetwork), (0x6440_0000, 10, .privateNetwork),
        (0x7f00_0000, 8, .loopback), (0xa9fe_0000, 16, .linkLocal), (0xac10_0000, 12, .privateNetwork),
        (0xc000_0000, 24, .reserved), (0xc000_0200, 24, .reserved), (0xc058_6300, 24, .reserved),
        (0xc0a8_0000, 16, .privateNetwork), (0xc612_0000, 15, .reserved), (0xc633_6400, 24, .reserved),
        (0xcb00_7100, 24, .reserved), (0xe000_0000, 4, .multicast), (0xf000_0000, 4, .reserved),
    ]

    private static let metadataVersion6: [[UInt8]] = [
        [0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54],
        [0xfd, 0x20, 0x00, 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54],
    ]

    private static func version6(_ bytes: [UInt8]) -> AddressKind {
        let leadingZeros = bytes.prefix { $0 == 0 }.count
        if leadingZeros == 16 { return .unspecified }
        if leadingZeros == 15, bytes[15] == 1 { return .loopback }
        if leadingZeros == 10, bytes[10] == 0xff, bytes[11] == 0xff { return version4(bytes[12...]) }
        if bytes.starts(with: [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]) { return version4(bytes[12...]) }
        if bytes.starts(with: [0, 0x64, 0xff, 0x9b, 0, 1]) { return .privateNetwork }
        if metadataVersion6.contains(bytes) { return .cloudMetadata }
        if bytes.starts(with: [0x20, 0x02]) { return version4(bytes[2..<6]) }
        return version6Prefix(UInt16(bytes[0]) << 8 | UInt16(bytes[1]), UInt16(bytes[2]) << 8 | UInt16(bytes[3]))
    }

    private static func version6Prefix(_ first: UInt16, _ second: UInt16) -> AddressKind {
        if first >> 8 == 0xff { return .multicast }
        if first >> 6 == 0xfe80 >> 6 { return .linkLocal }
        if first >> 6 == 0xfec0 >> 6 || first >> 9 == 0xfc00 >> 9 { return .privateNetwork }
        if first == 0x2001, second < 0x0200 || second == 0x0db8 { return .reserved }
        return first >> 13 == 0b001 ? .global : .reserved
    }
}
