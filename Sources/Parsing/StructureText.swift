import CYajl

/// The text of nested documents that are wanted whole, cut out of the chunks that they arrive in.
///
/// A nested document may lie within another that is wanted too: all share the bytes of the outermost.
struct StructureText: ~Copyable {
    /// The outermost one as far as earlier chunks had it.
    private var held = ByteBuffer(capacity: 64)
    private var compact = ByteBuffer(capacity: 64)
    private var chunk = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Where in the chunk the bytes begin that follow `held`.
    private var from = 0
    private var open = 0

    var byteCount: Int { open == 0 ? 0 : held.count }

    mutating func begin(_ chunk: UnsafeRawBufferPointer) {
        self.chunk = chunk
        from = 0
    }

    /// Keeps what the chunk has of a document that goes on.
    mutating func endChunk() {
        if open > 0 { hold(to: chunk.count) }
    }

    /// - Returns: where the document begins, for `close`.
    mutating func open(at offset: Int) -> Int {
        if open == 0 {
            held.truncate()
            from = offset
        }
        open += 1
        return held.count + offset - from
    }

    /// The document's text without the blanks between tokens; valid until the next call.
    mutating func close(from start: Int, to offset: Int) -> UnsafeRawBufferPointer {
        open -= 1
        let isWithinChunk = start >= held.count
        if !isWithinChunk { hold(to: offset) }
        let text =
            isWithinChunk
            ? UnsafeRawBufferPointer(rebasing: chunk[from + start - held.count..<offset])
            : UnsafeRawBufferPointer(rebasing: held.bytes[start...])
        return compacted(text)
    }

    private mutating func hold(to offset: Int) {
        held.append(UnsafeRawBufferPointer(rebasing: chunk[from..<offset]))
        from = offset
    }

    private mutating func compacted(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        compact.truncate()
        compact.reserve(text.count)
        let target = compact.start.assumingMemoryBound(to: UInt8.self)
        var length = 0
        var isInString = false
        var isEscaped = false
        for byte in text {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte <= 0x20 {
                continue
            }
            target[length] = byte
            length += 1
        }
        compact.advance(length)
        return compact.bytes
    }
}
