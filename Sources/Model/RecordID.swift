/// How a key becomes an id that can stand in an address: bytes `A-Z a-z 0-9 . - _` stay, others become `~XX`.
///
/// Parts of a composite key are joined with `:`. Keys graded 3 or higher are digested instead (`Normalizing`).
public enum RecordID {
    @inlinable public static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }

    public static func encode(_ byte: UInt8, to output: inout [UInt8]) {
        guard !isSafe(byte) else { return output.append(byte) }
        output.append(0x7E)
        for digit in [byte >> 4, byte & 15] { output.append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
    }

    /// The id of a single plain key.
    public static func plain(_ key: String) -> String {
        var output: [UInt8] = []
        for byte in key.utf8 { encode(byte, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }
}
