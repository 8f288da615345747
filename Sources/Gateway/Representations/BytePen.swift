/// Writes text forms of values into memory that the caller has made large enough.
///
/// One bound check a record instead of one a byte: who writes a record asks its form for a capacity first.
struct BytePen {
    private let start: UnsafeMutablePointer<UInt8>
    private(set) var count = 0

    init(_ memory: UnsafeMutableRawBufferPointer) {
        guard let address = memory.baseAddress else { preconditionFailure("a pen needs memory to write to") }
        start = address.assumingMemoryBound(to: UInt8.self)
    }

    @inline(__always) mutating func put(_ byte: UInt8) {
        start[count] = byte
        count += 1
    }

    @inline(__always) mutating func put(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        UnsafeMutableRawPointer(start + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    @inline(__always) mutating func put(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { put($0) }
    }

    mutating func put(_ text: String) {
        let isPut: Void? = text.utf8.withContiguousStorageIfAvailable { put(UnsafeRawBufferPointer($0)) }
        if isPut == nil { for byte in text.utf8 { put(byte) } }
    }

    mutating func putNumber(_ number: Int64) {
        if number < 0 { put(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var length = 1
        var bound: UInt64 = 10
        while length < 19, rest >= bound {
            length += 1
            bound &*= 10
        }
        for place in stride(from: length - 1, through: 0, by: -1) {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            start[count + place] = UInt8(ascii: "0") + UInt8(digit)
            rest = quotient
        }
        count += length
    }

    /// A JSON string (RFC 8259, section 7): at most six bytes a byte, and two.
    mutating func putJSON(_ text: UnsafeRawBufferPointer) {
        put(UInt8(ascii: "\""))
        var copied = 0
        for index in text.indices where BytePen.needsEscape(text[index]) {
            put(UnsafeRawBufferPointer(rebasing: text[copied..<index]))
            putEscape(text[index])
            copied = index + 1
        }
        put(UnsafeRawBufferPointer(rebasing: text[copied...]))
        put(UInt8(ascii: "\""))
    }

    /// A quoted CSV field (RFC 4180, section 2.7): at most two bytes a byte, and two.
    mutating func putCSV(_ text: UnsafeRawBufferPointer, guardedBy prefix: UInt8? = nil) {
        put(UInt8(ascii: "\""))
        if let prefix { put(prefix) }
        for byte in text {
            if byte == UInt8(ascii: "\"") { put(byte) }
            put(byte)
        }
        put(UInt8(ascii: "\""))
    }

    @inline(__always) private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func putEscape(_ byte: UInt8) {
        put(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
        case UInt8(ascii: "\n"): put(UInt8(ascii: "n"))
        case UInt8(ascii: "\r"): put(UInt8(ascii: "r"))
        case UInt8(ascii: "\t"): put(UInt8(ascii: "t"))
        default:
            put(UInt8(ascii: "u"))
            put(UInt8(ascii: "0"))
            put(UInt8(ascii: "0"))
            put(BytePen.hexDigit(byte >> 4))
            put(BytePen.hexDigit(byte & 15))
        }
    }

    static func hexDigit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
}
