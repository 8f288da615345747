import Model

/// The text of a small file that was read whole, as UTF-8 without byte order mark.
///
/// - Throws: `source.encoding` for bytes that are wrong in its charset, and for a charset nobody knows.
public func text(of bytes: [UInt8], charset: CharsetHint) throws(Fault) -> String {
    var transcoder = Transcoder(format: .csv, hint: charset)
    var text: [UInt8] = []
    let keep: Transcoder.Sink = { part throws(Fault) in text.append(contentsOf: part) }
    try bytes.withUnsafeBufferPointer { whole throws(Fault) in
        try transcoder.decode(UnsafeRawBufferPointer(whole), keep)
    }
    try transcoder.finish(keep)
    return String(decoding: text, as: UTF8.self)
}
