import Model

/// Reads JSON with its members in their order, which is the order an engineer knows them by.
///
/// Only for drafts: it keeps the whole document. What is read for an exchange goes through `Parsing`.
struct JSONSample {
    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    static let depthAtMost = 64

    /// - Throws: `source.malformed` with the place.
    static func read(_ bytes: [UInt8]) throws(Fault) -> Sample {
        var reader = JSONSample(bytes: bytes)
        let sample = try reader.value()
        reader.skipBlanks()
        guard reader.index == bytes.count else { throw reader.malformed("something follows the document") }
        return sample
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func value() throws(Fault) -> Sample {
        skipBlanks()
        guard index < bytes.count else { throw malformed("the document ends here") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try nested { reader throws(Fault) in try reader.members() }
        case UInt8(ascii: "["): return try nested { reader throws(Fault) in try reader.list() }
        case UInt8(ascii: "\""): return .value(Sample.Value(kind: .text, text: try string()))
        default: return .value(try word())
        }
    }

    private mutating func nested(_ read: (inout JSONSample) throws(Fault) -> Sample) throws(Fault) -> Sample {
        depth += 1
        guard depth <= Self.depthAtMost else { throw malformed("values are nested too deeply") }
        index += 1
        let sample = try read(&self)
        depth -= 1
        return sample
    }

    private mutating func members() throws(Fault) -> Sample {
        var members: [Sample.Member] = []
        while !takes("}") {
            if !members.isEmpty { try expect(",") }
            skipBlanks()
            let name = try string()
            try expect(":")
            members.append(Sample.Member(name: name, sample: try value()))
        }
        return .members(members)
    }

    private mutating func list() throws(Fault) -> Sample {
        var samples: [Sample] = []
        while !takes("]") {
            if !samples.isEmpty { try expect(",") }
            samples.append(try value())
        }
        return .list(samples)
    }

    private mutating func string() throws(Fault) -> String {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw malformed("a text is missing") }
        index += 1
        var text: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\\") {
                text += Array(String(try escape()).utf8)
            } else {
                text.append(bytes[index])
                index += 1
            }
        }
        try expect("\"")
        return String(decoding: text, as: UTF8.self)
    }

    /// RFC 8259, section 7.
    private mutating func escape() throws(Fault) -> Unicode.Scalar {
        guard index + 1 < bytes.count else { throw malformed("the document ends here") }
        let letter = bytes[index + 1]
        index += 2
        switch letter {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "u"): break
        default: return Unicode.Scalar(letter)
        }
        let first = try hexadecimal()
        guard (0xD800..<0xDC00).contains(first), bytes[index...].starts(with: "\\u".utf8) else {
            return Unicode.Scalar(first) ?? "\u{FFFD}"
        }
        index += 2
        let second = try hexadecimal()
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second & 0x3FF)) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(Fault) -> UInt32 {
        guard index + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw malformed("four hexadecimal digits are missing") }
        index += 4
        return value
    }

    private mutating func word() throws(Fault) -> Sample.Value {
        let start = index
        while index < bytes.count, !" \t\r\n,]}".utf8.contains(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        switch text {
        case "null": return Sample.Value(kind: .null, text: "")
        case "true", "false": return Sample.Value(kind: .flag, text: text)
        default:
            guard Double(text) != nil, let first = text.first, first.isNumber || first == "-" else {
                index = start
                throw malformed("this is no value of JSON")
            }
            return Sample.Value(kind: .number, text: text)
        }
    }

    private mutating func takes(_ character: Character) -> Bool {
        skipBlanks()
        guard index < bytes.count, bytes[index] == character.asciiValue else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ character: Character) throws(Fault) {
        guard takes(character) else { throw malformed("'\(character)' is missing") }
    }

    private mutating func skipBlanks() {
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    }

    private func malformed(_ message: String) -> Fault {
        Fault(
            .sourceMalformed, "the answer is no JSON: \(message), at byte \(index)",
            advice: "Look at what the address answers.", context: ["byte": String(index)])
    }
}
