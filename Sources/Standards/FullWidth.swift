/// Full-width forms of ASCII characters, which Chinese input methods write (GB 2312 row 3; U+FF01–U+FF5E).
public enum FullWidth {
    /// The text with full-width forms and the ideographic space (U+3000) replaced by the ASCII they stand for.
    public static func fold(_ bytes: Span<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if let byte = ascii(bytes, at: index) {
                output.append(byte)
                index += 3
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return output
    }

    private static func ascii(_ bytes: Span<UInt8>, at index: Int) -> UInt8? {
        guard index + 2 < bytes.count else { return nil }
        switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
        case (0xE3, 0x80, 0x80): return 0x20
        case (0xEF, 0xBC, let last) where last >= 0x81: return last - 0x60
        case (0xEF, 0xBD, let last) where last <= 0x9E: return last - 0x20
        default: return nil
        }
    }
}
