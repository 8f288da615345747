/// Control characters (GB/T 5261, ISO 6429): no department means them, and they break terminals, CSV and XML.
public enum Control {
    /// Whether a text holds one, tab and line ends excepted.
    public static func isContained(in bytes: Span<UInt8>) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var index = 0
            // Long texts are passed eight bytes at a time until one might begin a control character.
            while index + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if isSuspicious(word), isContained(in: bytes, index..<index + 8) { return true }
                index += 8
            }
            return isContained(in: bytes, index..<bytes.count)
        }
    }

    /// Whether a byte of the word is below U+0020, U+007F, or C2, the first of U+0080–U+00BF in UTF-8. It may be wrong in
    /// saying yes, never in saying no.
    @inline(__always)
    private static func isSuspicious(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let below = (word &- ones &* 0x20) & ~word
        let delete = word ^ (ones &* 0x7F)
        let lead = word ^ (ones &* 0xC2)
        return (below | ((delete &- ones) & ~delete) | ((lead &- ones) & ~lead)) & (ones &* 0x80) != 0
    }

    private static func isContained(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        for index in range {
            let byte = bytes[index]
            if byte >= 0x20, byte != 0x7F, byte != 0xC2 { continue }
            if byte == 0x09 || byte == 0x0A || byte == 0x0D { continue }
            // U+0080–U+009F is C2 80 … C2 9F.
            if byte == 0xC2, index + 1 >= bytes.count || bytes[index + 1] >= 0xA0 { continue }
            return true
        }
        return false
    }
}
