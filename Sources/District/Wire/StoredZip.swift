/// A zip file of one entry, not compressed (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16).
enum StoredZip {
    static func bytes(name: String, content: [UInt8]) -> [UInt8] {
        let name = Array(name.utf8)
        // Version 2.0, names in UTF-8, stored, 2026-01-01 00:00.
        let shared: [UInt8] =
            [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0x5c] + number(checksum(content)) + number(UInt32(content.count))
            + number(UInt32(content.count)) + [UInt8(name.count & 0xff), UInt8(name.count >> 8), 0, 0]
        let local = [0x50, 0x4b, 3, 4] + shared + name
        let table = [0x50, 0x4b, 1, 2, 20, 0] + shared + [UInt8](repeating: 0, count: 14) + name
        let offset = UInt32(local.count + content.count)
        let end = [0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0] + number(UInt32(table.count)) + number(offset) + [0, 0]
        return local + content + table + end
    }

    private static func number(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 0xff) } }

    /// CRC-32 (ISO/IEC 8802-3).
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var result: UInt32 = .max
        for byte in bytes { result = result >> 8 ^ table[Int((result ^ UInt32(byte)) & 0xff)] }
        return ~result
    }

    private static let table: [UInt32] = (0..<256).map { (first: UInt32) in
        (0..<8).reduce(first) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
    }
}
