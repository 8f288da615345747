import CYajl
import Model

/// Holds JSON text to what yajl lets pass: form feeds as blanks, and halves of surrogate pairs in escapes.
struct JSONText {
    /// How far into an escape the text is, across chunks.
    private var state = State.plain
    private var digits = 0
    private var code: UInt32 = 0
    /// Whether a low half must come, because a high one came.
    private var needsLow = false

    private enum State {
        case plain, escape, unicode
    }

    enum Wrong: String {
        case blank = "a blank that JSON does not know (RFC 8259 §2)"
        case surrogate = "half of a surrogate pair as an escape (RFC 8259 §8.2)"
    }

    /// The first wrong byte of a chunk, if there is one.
    mutating func check(_ chunk: UnsafeRawBufferPointer) -> (at: Int, what: Wrong)? {
        guard let start = chunk.baseAddress else { return nil }
        for blank in [0x0B, 0x0C] as [Int32] {
            if let found = memchr(start, blank, chunk.count) { return (UnsafeRawPointer(found) - start, .blank) }
        }
        var index = 0
        while index < chunk.count {
            if state == .plain && !needsLow {
                guard let found = memchr(start + index, Int32(UInt8(ascii: "\\")), chunk.count - index) else { break }
                index = UnsafeRawPointer(found) - start
            }
            if !take(chunk[index]) { return (index, .surrogate) }
            index += 1
        }
        return nil
    }

    /// Follows one byte; false where a pair is broken.
    private mutating func take(_ byte: UInt8) -> Bool {
        switch state {
        case .plain:
            if byte != UInt8(ascii: "\\") { return !needsLow }
            state = .escape
        case .escape:
            guard byte == UInt8(ascii: "u") else {
                state = .plain
                return !needsLow
            }
            (state, digits, code) = (.unicode, 0, 0)
        case .unicode:
            code = code << 4 | Self.value(byte)
            digits += 1
            if digits == 4 {
                state = .plain
                return takeCode()
            }
        }
        return true
    }

    private mutating func takeCode() -> Bool {
        let isLow = (0xDC00...0xDFFF).contains(code)
        if isLow != needsLow { return false }
        needsLow = (0xD800...0xDBFF).contains(code)
        return true
    }

    /// What is no digit is refused by yajl.
    private static func value(_ byte: UInt8) -> UInt32 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte) - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte) - 55
        default: 0
        }
    }
}
