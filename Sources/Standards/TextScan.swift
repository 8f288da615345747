/// What a text holds that people did not write, or cannot see.
public struct TextScan: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A control character (GB/T 5261, ISO 6429), tab and line ends excepted.
    public static let control = TextScan(rawValue: 1)
    /// A character of a private use area (ISO/IEC 10646): only who made it knows what it is.
    public static let privateUse = TextScan(rawValue: 2)
    /// U+FFFD: something was lost before we read it.
    public static let replacement = TextScan(rawValue: 4)
    /// A character without width, one that turns the direction of writing (Unicode UAX #9), a separator of lines that is
    /// no line end, or a tag: two names that look the same then differ.
    public static let invisible = TextScan(rawValue: 8)

    /// Looks through a text, eight bytes at a time; at the characters themselves only where one might be among them.
    public static func of(_ bytes: Span<UInt8>) -> TextScan {
        var found: TextScan = []
        var index = 0
        bytes.withUnsafeBytes { raw in
            while index + 8 <= raw.count {
                if hasSuspect(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) {
                    found.formUnion(look(bytes, index..<index + 8))
                }
                index += 8
            }
        }
        if index < bytes.count { found.formUnion(look(bytes, index..<bytes.count)) }
        return found
    }

    /// Whether a byte of the word is below U+0020, is U+007F, or can begin one of the characters looked for: C2, CD, D8,
    /// E2, and EE and above. It may be wrong in saying yes, never in saying no.
    @inline(__always)
    private static func hasSuspect(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let below = (word &- ones &* 0x20) & ~word
        var found = below | isByte(0x7F, word)
        let leads = word & (ones &* 0x80)
        // Chinese, in E3 to E9, and ASCII are let through at once.
        if leads != 0 {
            let above = ((word & (ones &* 0x7F)) &+ ones &* 0x12) & word
            found |= above | isByte(0xC2, word) | isByte(0xCD, word) | isByte(0xD8, word) | isByte(0xE2, word)
        }
        return found & (ones &* 0x80) != 0
    }

    @inline(__always)
    private static func isByte(_ byte: UInt64, _ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let difference = word ^ (ones &* byte)
        return (difference &- ones) & ~difference
    }

    /// The characters that begin in a part of the text.
    private static func look(_ bytes: Span<UInt8>, _ part: Range<Int>) -> TextScan {
        var found: TextScan = []
        for index in part where mayBeginOne(bytes[index]) {
            let (scalar, length) = UTF8Scalar.read(bytes, at: index)
            // A byte that begins no character is none of those looked for.
            if length > 1 || scalar < 0x80 { found.formUnion(kind(of: scalar)) }
        }
        return found
    }

    @inline(__always)
    private static func mayBeginOne(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xCD || byte == 0xD8 || byte == 0xE2 || byte >= 0xEE
    }

    private static func kind(of scalar: UInt32) -> TextScan {
        switch scalar {
        case 0x09, 0x0A, 0x0D: []
        case ..<0x20, 0x7F...0x9F: .control
        case 0xFFFD: .replacement
        case 0xAD, 0x034F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
            0xE0000...0xE007F:
            .invisible
        default: PrivateUse.contains(scalar) ? .privateUse : []
        }
    }
}
