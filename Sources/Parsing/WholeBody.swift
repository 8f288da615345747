import Model

/// A whole body as UTF-8 without byte order mark, for who looks at a document instead of reading records out of it.
///
/// - Throws: `source.encoding` for bytes that are wrong in their charset, `source.truncated` within a character.
public func utf8(_ body: [UInt8], format: SourceFormat, charset: CharsetHint) throws(Fault) -> [UInt8] {
    var transcoder = Transcoder(format: format, hint: charset)
    var text: [UInt8] = []
    try body.withUnsafeBufferPointer { bytes throws(Fault) in
        try transcoder.decode(UnsafeRawBufferPointer(bytes)) { (part) throws(Fault) in text.append(contentsOf: part) }
    }
    try transcoder.finish { (part) throws(Fault) in text.append(contentsOf: part) }
    return text
}
