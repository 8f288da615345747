import CLibXML2
import Model

/// Turns a body's bytes into well-formed UTF-8 without byte order mark, in whole characters.
///
/// UTF-8 is handed through without being copied. Bytes that are wrong in their charset are a fault, never replaced.
struct Transcoder: ~Copyable {
    private let format: SourceFormat
    private let hint: CharsetHint
    private(set) var charset: Charset?
    private var converter: iconv_t?
    /// Bytes that are not read yet: the head while the charset is not known, then the start of a character.
    private var held = ByteBuffer()
    private var output = ByteBuffer()
    /// Bytes of the body before `held`.
    private var offset = 0
    private var hasBegun = false

    /// Where well-formed UTF-8 goes.
    typealias Sink = (UnsafeRawBufferPointer) throws(Fault) -> Void

    init(format: SourceFormat, hint: CharsetHint) {
        self.format = format
        self.hint = hint
    }

    deinit { if let converter { iconv_close(converter) } }

    mutating func decode(_ bytes: UnsafeRawBufferPointer, _ sink: Sink) throws(Fault) {
        guard held.count > 0 || charset == nil else { return try read(bytes, sink) }
        held.append(bytes)
        try readHeld(isWhole: false, sink)
    }

    mutating func finish(_ sink: Sink) throws(Fault) {
        try readHeld(isWhole: true, sink)
        if held.count > 0 {
            throw Fault(
                .sourceTruncated, "the body ends within a character of \(charset?.label ?? "its charset")",
                advice: "It was cut off, or is in another charset; the entry can name it, as in with: {charset: GBK}.",
                context: ["byte": String(offset)])
        }
    }

    /// Reads what is held, once the charset is known, and holds back what is unfinished.
    private mutating func readHeld(isWhole: Bool, _ sink: Sink) throws(Fault) {
        if charset == nil {
            let sniffed = Charset.sniffed(held.bytes, format: format, hint: hint, isWhole: isWhole)
            guard let sniffed else { return }
            try open(sniffed)
        }
        var taken = ByteBuffer(capacity: 64)
        swap(&taken, &held)
        try read(taken.bytes, sink)
    }

    private mutating func open(_ charset: Charset) throws(Fault) {
        self.charset = charset
        if charset.isUTF8 { return }
        converter = charset.isWellNamed ? huitong_iconv_open("UTF-8", charset.name) : nil
        if converter == nil {
            throw Fault(
                .sourceEncoding, "\(charset.origin.rawValue) names a charset that is not known",
                advice: "Name the charset in the entry: UTF-8, GB18030, GBK, Big5, UTF-16 or windows-1252.")
        }
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer, _ sink: Sink) throws(Fault) {
        let used = try converter == nil ? pass(bytes, sink) : convert(bytes, sink)
        offset += used
        held.append(UnsafeRawBufferPointer(rebasing: bytes[used...]))
    }

    private mutating func pass(_ bytes: UnsafeRawBufferPointer, _ sink: Sink) throws(Fault) -> Int {
        let (valid, isWrong) = UTF8Check.scan(bytes)
        try hand(over: UnsafeRawBufferPointer(rebasing: bytes[..<valid]), sink)
        if isWrong { throw wrongBytes(at: offset + valid) }
        return valid
    }

    private mutating func convert(_ bytes: UnsafeRawBufferPointer, _ sink: Sink) throws(Fault) -> Int {
        var input = UnsafeMutablePointer(mutating: bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
        var inputLeft = bytes.count
        while inputLeft > 0 {
            output.truncate()
            output.reserve(Self.outputBytes)
            var room: UnsafeMutablePointer<CChar>? = output.start.assumingMemoryBound(to: CChar.self)
            var roomLeft = Self.outputBytes
            let reason = huitong_iconv(converter, &input, &inputLeft, &room, &roomLeft)
            output.advance(Self.outputBytes - roomLeft)
            try hand(over: output.bytes, sink)
            if reason == EINVAL { break }
            if reason == EILSEQ { throw wrongBytes(at: offset + bytes.count - inputLeft) }
        }
        return bytes.count - inputLeft
    }

    /// Hands text over, less a byte order mark at its very start.
    private mutating func hand(over text: UnsafeRawBufferPointer, _ sink: Sink) throws(Fault) {
        var text = text
        if !hasBegun && text.count > 0 {
            hasBegun = true
            if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = UnsafeRawBufferPointer(rebasing: text[3...]) }
        }
        if text.count > 0 { try sink(text) }
    }

    private func wrongBytes(at byte: Int) -> Fault {
        let charset = charset ?? .utf8
        return Fault(
            .sourceEncoding,
            "byte \(byte) is not \(charset.label)"
                + (charset.origin == .standard
                    ? ", and nothing names another charset" : ", which \(charset.origin.rawValue) names"),
            advice: "Ask the department which charset it is, and write it in the entry, as in with: {charset: GBK}.",
            context: ["byte": String(byte), "charset": charset.label])
    }

    private static let outputBytes = 64 << 10
}
