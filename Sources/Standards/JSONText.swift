/// Steps through a JSON text (RFC 8259) that a parser has validated, without making objects of it.
///
/// Each function begins at `index`, passes blanks, and leaves `index` behind what it read. A text that is not JSON after
/// all is an error, never a wrong answer.
public enum JSONText {
    /// The text is not JSON, or not what was asked for.
    public struct Unexpected: Error, Sendable, Equatable {
        public init() {}
    }

    /// The next byte that is not blank, without passing it; nil at the end.
    public static func peek(_ bytes: Span<UInt8>, _ index: inout Int) -> UInt8? {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            case let byte: return byte
            }
        }
        return nil
    }

    /// Passes this byte.
    public static func expect(_ byte: UInt8, _ bytes: Span<UInt8>, _ index: inout Int) throws(Unexpected) {
        guard peek(bytes, &index) == byte else { throw Unexpected() }
        index += 1
    }

    /// Passes this byte if it is next.
    public static func skip(_ byte: UInt8, _ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
        guard peek(bytes, &index) == byte else { return false }
        index += 1
        return true
    }

    /// A string's content, its escapes resolved.
    public static func string(_ bytes: Span<UInt8>, _ index: inout Int) throws(Unexpected) -> [UInt8] {
        try expect(0x22, bytes, &index)
        var output: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case 0x22: return output
            case 0x5C: try escape(bytes, &index, &output)
            default: output.append(byte)
            }
        }
        throw Unexpected()
    }

    /// Where a number stands.
    public static func number(_ bytes: Span<UInt8>, _ index: inout Int) throws(Unexpected) -> Range<Int> {
        guard peek(bytes, &index) != nil else { throw Unexpected() }
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: index += 1
            default:
                guard index > start else { throw Unexpected() }
                return start..<index
            }
        }
        guard index > start else { throw Unexpected() }
        return start..<index
    }

    /// Passes any value, and says where it stands.
    @discardableResult
    public static func value(_ bytes: Span<UInt8>, _ index: inout Int) throws(Unexpected) -> Range<Int> {
        guard let first = peek(bytes, &index) else { throw Unexpected() }
        let start = index
        var depth = 0
        repeat {
            guard index < bytes.count else { throw Unexpected() }
            let byte = bytes[index]
            switch byte {
            case 0x22: try passString(bytes, &index)
            case 0x7B, 0x5B:
                depth += 1
                index += 1
            case 0x7D, 0x5D:
                depth -= 1
                index += 1
            default:
                index += 1
                if depth == 0 { passLiteral(bytes, &index) }
            }
        } while depth > 0
        guard depth == 0, first != 0x7D, first != 0x5D else { throw Unexpected() }
        return start..<index
    }

    private static func passString(_ bytes: Span<UInt8>, _ index: inout Int) throws(Unexpected) {
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            index += byte == 0x5C ? 2 : 1
            if byte == 0x22 { return }
        }
        throw Unexpected()
    }

    private static func passLiteral(_ bytes: Span<UInt8>, _ index: inout Int) {
        while index < bytes.count {
            switch bytes[index] {
            case 0x2C, 0x5D, 0x7D, 0x3A, 0x20, 0x09, 0x0A, 0x0D: return
            default: index += 1
            }
        }
    }

    private static func escape(
        _ bytes: Span<UInt8>, _ index: inout Int, _ output: inout [UInt8]
    ) throws(Unexpected) {
        guard index < bytes.count else { throw Unexpected() }
        let letter = bytes[index]
        index += 1
        switch letter {
        case 0x22, 0x5C, 0x2F: output.append(letter)
        case 0x62: output.append(0x08)
        case 0x66: output.append(0x0C)
        case 0x6E: output.append(0x0A)
        case 0x72: output.append(0x0D)
        case 0x74: output.append(0x09)
        case 0x75:
            var code = try hexadecimal(bytes, &index)
            if code >= 0xD800, code < 0xDC00 {
                guard index + 1 < bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75 else {
                    throw Unexpected()
                }
                index += 2
                let low = try hexadecimal(bytes, &index)
                guard low >= 0xDC00, low < 0xE000 else { throw Unexpected() }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw Unexpected() }
            output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default: throw Unexpected()
        }
    }

    private static func hexadecimal(_ bytes: Span<UInt8>, _ index: inout Int) throws(Unexpected) -> UInt32 {
        guard index + 4 <= bytes.count else { throw Unexpected() }
        var code: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[index]
            index += 1
            switch byte {
            case 0x30...0x39: code = code << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: code = code << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: code = code << 4 | UInt32(byte - 0x57)
            default: throw Unexpected()
            }
        }
        return code
    }
}

extension JSONText {
    /// Appends text as a JSON string.
    public static func append(string bytes: Span<UInt8>, to output: inout [UInt8]) {
        output.append(0x22)
        append(content: bytes, to: &output)
        output.append(0x22)
    }

    /// Appends text as a part of a JSON string, escaped and without quotation marks.
    public static func append(content bytes: Span<UInt8>, to output: inout [UInt8]) {
        // Whole stretches at once: hardly any text has a character to escape.
        var start = 0
        for index in 0..<bytes.count where needsEscape(bytes[index]) {
            bytes.extracting(start..<index).withUnsafeBufferPointer { output.append(contentsOf: $0) }
            append(escaped: bytes[index], to: &output)
            start = index + 1
        }
        bytes.extracting(start..<bytes.count).withUnsafeBufferPointer { output.append(contentsOf: $0) }
    }

    @inline(__always)
    private static func needsEscape(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C }

    private static func append(escaped byte: UInt8, to output: inout [UInt8]) {
        guard byte < 0x20 else {
            output.append(0x5C)
            output.append(byte)
            return
        }
        for byte in "\\u00".utf8 { output.append(byte) }
        output.append(0x30 + byte >> 4)
        let low = byte & 15
        output.append(low < 10 ? 0x30 + low : 0x57 + low)
    }
}
