/// A short stand-in for a longer text, the same in every process: FNV-1a in 128 bits.
///
/// It tells what is the same from what is not; it keeps no secret. Records on the hot path have their own hash.
public struct Fingerprint: Sendable, Hashable {
    public private(set) var value: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

    public init() {}

    public mutating func add(_ byte: UInt8) {
        value = (value ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
    }

    public mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
    }

    /// Digits and lower-case letters.
    public var text: String { String(value, radix: 36) }
}
