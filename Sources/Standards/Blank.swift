/// What stands around a value and is not part of it: blanks of any width, byte order marks, zero-width characters.
public enum Blank {
    /// The part of a text that is left without blanks at both ends; empty where nothing is left.
    @inlinable
    public static func trim(_ bytes: Span<UInt8>) -> Range<Int> {
        let count = bytes.count
        if count > 0, isInk(bytes[0]) || isHan(bytes[0]),
            isInk(bytes[count - 1]) || (count > 2 && isHan(bytes[count - 3]))
        {
            return 0..<count
        }
        return trimSlowly(bytes)
    }

    /// Bytes that neither are a blank nor can begin or end one in UTF-8.
    @inlinable
    static func isInk(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

    /// Bytes that begin a character of three bytes which is no blank: most of the ideographs.
    @inlinable
    static func isHan(_ byte: UInt8) -> Bool { byte > 0xE3 && byte < 0xEE }

    @usableFromInline
    static func trimSlowly(_ bytes: Span<UInt8>) -> Range<Int> {
        var start = 0
        var end = bytes.count
        while start < end {
            let length = blankLength(bytes, at: start, end: end)
            guard length > 0 else { break }
            start += length
        }
        while end > start {
            if isASCIIBlank(bytes[end - 1]) {
                end -= 1
            } else if end - start >= 3, blankLength(bytes, at: end - 3, end: end) == 3 {
                end -= 3
            } else if end - start >= 2, blankLength(bytes, at: end - 2, end: end) == 2 {
                end -= 2
            } else {
                break
            }
        }
        return start..<end
    }

    private static func isASCIIBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    /// Bytes of the blank character that begins here; 0 where none does.
    private static func blankLength(_ bytes: Span<UInt8>, at index: Int, end: Int) -> Int {
        let first = bytes[index]
        if isASCIIBlank(first) { return 1 }
        if first == 0xC2 { return index + 1 < end && (bytes[index + 1] == 0xA0 || bytes[index + 1] == 0x85) ? 2 : 0 }
        guard first >= 0xE1, index + 2 < end else { return 0 }
        switch (first, bytes[index + 1], bytes[index + 2]) {
        case (0xE2, 0x80, 0x80...0x8F),  // en quad … hair space, zero-width space, joiners and direction marks
            (0xE2, 0x80, 0xA8...0xAA), (0xE2, 0x80, 0xAC), (0xE2, 0x80, 0xAF),
            (0xE2, 0x81, 0x9F...0xA0), (0xE3, 0x80, 0x80), (0xE1, 0x9A, 0x80), (0xEF, 0xBB, 0xBF):
            return 3
        default: return 0
        }
    }
}
