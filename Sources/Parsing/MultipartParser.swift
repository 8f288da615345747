import Foundation
import Model

/// Reads the document of a body of many parts while it streams by; the other parts are passed over.
///
/// Lines may end with a line feed alone. A document that is wrapped for transport (base64, quoted-printable) is refused:
/// over HTTP nothing needs to be.
final class MultipartParser: RecordParser {
    private let make: (CharsetHint) throws(Fault) -> any RecordParser
    private let root: String?
    private let delimiter: [UInt8]
    private var stage = Stage.outside
    /// Bytes that were not understood yet; the body begins as if a line had ended before it.
    private var waiting = Array("\n".utf8)
    private var parts = 0
    private var inner: (any RecordParser)?
    private let nothing: DocumentValues

    private typealias Sink = (UnsafeRawBufferPointer) throws(Fault) -> Void

    private enum Stage {
        /// Before the first part, or in one that is passed over.
        case outside
        case head
        case root
        /// The document was read.
        case done
    }

    /// Bytes of a part's headers, or of what stands behind a delimiter in its line.
    private static let longestHead = 16 << 10

    /// - Parameters:
    ///   - values: how many values of the document are wanted.
    ///   - make: makes the parser of the document, whose own headers name its charset.
    init(
        _ form: MultipartForm, values: Int, make: @escaping (CharsetHint) throws(Fault) -> any RecordParser
    ) throws(Fault) {
        let length = form.boundary.utf8.count
        // RFC 2046, section 5.1.1.
        guard (1...70).contains(length) else {
            throw Fault(
                .sourceUnexpected, "the boundary between the body's parts is \(length) bytes long",
                advice: "Tell the department: its Content-Type may name one of 1 to 70 bytes (RFC 2046, section 5.1.1)."
            )
        }
        self.make = make
        root = form.root.map { PartHead.bare($0) }
        delimiter = Array("\n--\(form.boundary)".utf8)
        nothing = DocumentValues(slots: Array(0..<values))
    }

    var document: DocumentValues { inner?.document ?? nothing }

    func feed(_ bytes: UnsafeRawBufferPointer, into batch: inout RawBatch) throws(Fault) {
        waiting.append(contentsOf: bytes)
        while try step(into: &batch) {}
    }

    func finish(into batch: inout RawBatch) throws(Fault) -> DocumentValues {
        if stage == .done, let inner { return try inner.finish(into: &batch) }
        if parts > 0, inner == nil, stage == .done {
            throw Fault(
                .sourceUnexpected, "none of the body's parts is the document that its Content-Type names",
                advice: "Tell the department: `start` has to be the Content-ID of a part (RFC 2387, section 3.2).",
                context: ["parts": String(parts)])
        }
        throw Fault(
            .sourceTruncated, parts == 0 ? "the body has no part" : "the body ends within its part \(parts)",
            advice: "The connection was cut or the source gave up; the page is asked for again.")
    }

    /// Whether something was understood, so that more may be.
    private func step(into batch: inout RawBatch) throws(Fault) -> Bool {
        switch stage {
        case .outside: return try passDelimiter { _ throws(Fault) in }
        case .head: return try readHead()
        case .root: return try passDelimiter { bytes throws(Fault) in try inner?.feed(bytes, into: &batch) }
        case .done:
            waiting.removeAll(keepingCapacity: true)
            return false
        }
    }

    // MARK: - Delimiters

    /// Hands over what stands before the next delimiter; what may become one is kept.
    private func passDelimiter(_ sink: Sink) throws(Fault) -> Bool {
        var from = 0
        while let start = place(of: delimiter, from: from) {
            let behind = waiting[(start + delimiter.count)...]
            let isLast = behind.starts(with: "--".utf8)
            guard let feed = behind.firstIndex(of: UInt8(ascii: "\n")) ?? (isLast ? behind.endIndex : nil) else {
                if behind.count > Self.longestHead { throw tooLarge("a line between the body's parts") }
                _ = try handOver(upTo: start, sink)
                return false
            }
            // Blanks may follow; anything else is a longer text that begins like the delimiter.
            if isLast || behind[..<feed].allSatisfy({ " \t\r".utf8.contains($0) }) {
                waiting.removeFirst(feed - (try handOver(upTo: start, sink)))
                begin(isLast: isLast)
                return true
            }
            from = start + 1
        }
        _ = try handOver(upTo: max(0, waiting.count - delimiter.count), sink)
        return false
    }

    /// The line feed of the delimiter's line is left: it ends an empty head.
    private func begin(isLast: Bool) {
        if stage == .root || isLast { return stage = .done }
        stage = .head
        parts += 1
    }

    /// Hands over what stands before a place and takes it away, without the end of the line: that may be the delimiter's.
    ///
    /// - Returns: how many bytes that were.
    private func handOver(upTo place: Int, _ sink: Sink) throws(Fault) -> Int {
        let end = place > 0 && waiting[place - 1] == UInt8(ascii: "\r") ? place - 1 : place
        if end == 0 { return 0 }
        try waiting.withUnsafeBufferPointer { bytes throws(Fault) in
            try sink(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[..<end])))
        }
        waiting.removeFirst(end)
        return end
    }

    /// - Parameter text: begins with a line feed, which is what is looked for.
    private func place(of text: [UInt8], from start: Int) -> Int? {
        waiting.withUnsafeBytes { bytes in
            var from = start
            while from + text.count <= bytes.count, let base = bytes.baseAddress,
                let feed = memchr(base + from, 0x0A, bytes.count - text.count - from + 1)
            {
                if memcmp(feed, text, text.count) == 0 { return base.distance(to: UnsafeRawPointer(feed)) }
                from = base.distance(to: UnsafeRawPointer(feed)) + 1
            }
            return nil
        }
    }

    // MARK: - Heads

    private func readHead() throws(Fault) -> Bool {
        let ends = ["\n\r\n", "\n\n"].compactMap { text in
            place(of: Array(text.utf8), from: 0).map { (start: $0, length: text.utf8.count) }
        }
        guard let end = ends.min(by: { $0.start < $1.start }) else {
            if waiting.count > Self.longestHead { throw tooLarge("the head of the body's part \(parts)") }
            return false
        }
        let head = PartHead(waiting[..<end.start])
        guard root == nil || head.contentID == root else {
            // The last line feed is left: a part without content ends with it.
            waiting.removeFirst(end.start + end.length - 1)
            stage = .outside
            return true
        }
        guard ["7bit", "8bit", "binary"].contains(head.encoding) else {
            throw Fault(
                .sourceUnexpected, "the document among the body's parts is written in \(head.encoding)",
                advice: "Ask the department for 8bit or binary: over HTTP nothing needs to be wrapped.")
        }
        waiting.removeFirst(end.start + end.length)
        inner = try make(CharsetHint(header: head.contentType?.charset))
        stage = .root
        return true
    }

    private func tooLarge(_ what: String) -> Fault {
        Fault(
            .sourceTooLarge, "\(what) is longer than \(Self.longestHead) bytes",
            advice: "Look at the answer with curl: it may be none of several parts.")
    }
}
