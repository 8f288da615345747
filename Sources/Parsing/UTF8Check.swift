/// How far bytes are well-formed UTF-8 (Unicode 15, table 3-7).
enum UTF8Check {
    /// The bytes of whole, well-formed characters at the start, and whether what follows is wrong or merely unfinished.
    @inline(__always)
    static func scan(_ bytes: UnsafeRawBufferPointer) -> (valid: Int, isWrong: Bool) {
        guard let start = bytes.baseAddress else { return (0, false) }
        let end = bytes.count
        var index = 0
        while index < end {
            if index + 8 <= end,
                start.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                index += 8
                continue
            }
            let lead = start.load(fromByteOffset: index, as: UInt8.self)
            if lead < 0x80 {
                index += 1
                continue
            }
            let length = sequenceLength(start + index, lead, left: end - index)
            guard length > 0 else { return (index, length < 0) }
            index += length
        }
        return (index, false)
    }

    /// The length of the sequence here; 0 where it is cut off, -1 where it is wrong.
    @inline(__always)
    private static func sequenceLength(_ start: UnsafeRawPointer, _ lead: UInt8, left: Int) -> Int {
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, low) = (3, 0xA0)
        case 0xED: (length, high) = (3, 0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, low) = (4, 0x90)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, high) = (4, 0x8F)
        default: return -1
        }
        if left < 2 { return 0 }
        let second = start.load(fromByteOffset: 1, as: UInt8.self)
        if second < low || second > high { return -1 }
        var at = 2
        while at < length {
            if at == left { return 0 }
            if start.load(fromByteOffset: at, as: UInt8.self) & 0xC0 != 0x80 { return -1 }
            at += 1
        }
        return length
    }
}
