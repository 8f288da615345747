import CYajl
import Model

/// Reads records out of a JSON body while it streams by, over yajl.
///
/// Every byte is validated, selected or not. A member given twice counts as given last. A record that stands where the
/// list of records is expected is a list of one; an empty object there is an empty list, as some systems write it.
public final class JSONRecordParser: RecordParser {
    private let walk: UnsafeMutablePointer<JSONWalk>
    private let handle: yajl_handle
    private let callbacks: UnsafeMutablePointer<yajl_callbacks>
    private let isLines: Bool
    private let limits: ParseLimits
    private let time: ParseTime?
    private var transcoder: Transcoder
    private var check = JSONText()
    private var hasBegun = false
    /// Bytes of UTF-8 before the chunk at hand.
    private var offset = 0
    /// Bytes since the last event.
    private var silence = 0

    init(_ specification: ParseSpecification, page: Int32, charset: CharsetHint, recordsBefore: Int) throws(Fault) {
        let draft = try JSONPathDraft(specification)
        isLines = specification.isLines
        limits = specification.limits
        time = specification.time
        transcoder = Transcoder(format: .json, hint: charset)
        walk = .allocate(capacity: 1)
        walk.initialize(to: JSONWalk(specification, draft, page: page))
        walk.pointee.document.recordCount = recordsBefore
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: jsonCallbacks())
        guard let handle = yajl_alloc(callbacks, nil, walk) else {
            fatalError("out of memory")
        }
        self.handle = handle
        // The text comes validated from the transcoder.
        _ = huitong_yajl_set_flag(handle, yajl_dont_validate_strings, 1)
        if isLines { _ = huitong_yajl_set_flag(handle, yajl_allow_multiple_values, 1) }
        walk.pointee.handle = handle
    }

    deinit {
        yajl_free(handle)
        walk.deinitialize(count: 1)
        walk.deallocate()
        callbacks.deallocate()
    }

    public var document: DocumentValues { walk.pointee.document }

    public func feed(_ bytes: UnsafeRawBufferPointer, into batch: inout RawBatch) throws(Fault) {
        try transcoder.decode(bytes) { text throws(Fault) in try read(text, into: &batch) }
    }

    public func finish(into batch: inout RawBatch) throws(Fault) -> DocumentValues {
        try transcoder.finish { text throws(Fault) in try read(text, into: &batch) }
        if isLines && walk.pointee.events == 0 && !hasBegun { return document }
        let status = withUnsafeMutablePointer(to: &batch) { target in
            walk.pointee.batch = target
            defer { walk.pointee.batch = nil }
            return yajl_complete_parse(handle)
        }
        if status != yajl_status_ok {
            throw Fault(
                .sourceTruncated, offset == 0 ? "the body is empty" : "the body ends within a document",
                advice: "The connection was cut or the source gave up; the page is asked for again.",
                context: ["byte": String(offset), "record": String(document.recordCount + 1)])
        }
        return document
    }

    private func read(_ text: UnsafeRawBufferPointer, into batch: inout RawBatch) throws(Fault) {
        if !hasBegun { try begin(text) }
        let start = time?.now
        if let wrong = check.check(text) { throw malformed(at: offset + wrong.at, wrong.what.rawValue) }
        let before = walk.pointee.events
        walk.pointee.texts.begin(text)
        let status = withUnsafeMutablePointer(to: &batch) { target in
            walk.pointee.batch = target
            defer { walk.pointee.batch = nil }
            return yajl_parse(handle, text.baseAddress?.assumingMemoryBound(to: UInt8.self), text.count)
        }
        if let refusal = walk.pointee.refusal { throw tooLarge(refusal) }
        if status != yajl_status_ok { throw syntaxFault(text) }
        walk.pointee.texts.endChunk()
        if let time, let start { try time.add(since: start, bytes: text.count) }
        silence = walk.pointee.events == before ? silence + text.count : 0
        if silence > limits.valueBytes || walk.pointee.texts.byteCount > limits.valueBytes { throw tooLarge(.value) }
        offset += text.count
    }

    /// Looks at the first byte that is not blank.
    private func begin(_ text: UnsafeRawBufferPointer) throws(Fault) {
        guard let first = text.first(where: { !" \t\r\n".utf8.contains($0) }) else { return }
        hasBegun = true
        if first == 0x1F {
            throw Fault(
                .sourceUnexpected, "compressed data came, and nothing says that it is compressed",
                advice: "Tell the department: gzip is announced by the header Content-Encoding.")
        }
        if first == UInt8(ascii: "<") {
            throw Fault(
                .sourceUnexpected, "HTML or XML came instead of JSON",
                advice:
                    "Open the address in a browser: it is often a login page, a gateway's error page or another path.")
        }
    }

    // MARK: - Faults

    private func syntaxFault(_ text: UnsafeRawBufferPointer) -> Fault {
        let consumed = yajl_get_bytes_consumed(handle)
        var what = "not JSON"
        if let text = yajl_get_error(handle, 0, nil, 0) {
            let message = String(cString: text).split(separator: "\n").first ?? ""
            what = String(message.split(separator: ":", maxSplits: 1).last ?? "").drop { $0 == " " }.description
            yajl_free_error(handle, text)
        }
        if what.hasPrefix("invalid char") || what.hasPrefix("malformed number") {
            let around = text[max(0, min(consumed, text.count) - 1)..<min(consumed + 1, text.count)]
            what = around.lazy.compactMap { Self.usual[$0] }.first ?? what
        }
        return malformed(at: offset + consumed, what)
    }

    /// What begins with a character that JSON has no use for, as it usually comes.
    private static let usual: [UInt8: String] = [
        UInt8(ascii: "N"): "NaN, which is no value of JSON (RFC 8259 §6)",
        UInt8(ascii: "I"): "Infinity, which is no value of JSON (RFC 8259 §6)",
        UInt8(ascii: "'"): "a single quote, where names and texts stand in double ones (RFC 8259 §7)",
    ]

    private func malformed(at byte: Int, _ what: String) -> Fault {
        Fault(
            .sourceMalformed, "the body is not JSON at byte \(byte): \(what)",
            advice: "Tell the department: its system sends JSON that no parser may accept.",
            context: ["byte": String(byte), "record": String(document.recordCount + 1)])
    }

    private func tooLarge(_ refusal: JSONWalk.Refusal) -> Fault {
        let what =
            switch refusal {
            case .depth: "containers are nested deeper than \(limits.depth)"
            case .value: "a value is longer than \(limits.valueBytes) bytes"
            case .record: "a record is longer than \(limits.recordBytes) bytes"
            case .name: "a member's name is longer than \(limits.nameBytes) bytes"
            case .number: "a number is longer than \(limits.numberBytes) bytes"
            case .members: "an object has more than \(limits.members) members"
            }
        return Fault(
            .sourceTooLarge, what,
            advice: "Ask the department for smaller answers, or take the value out of the entry.",
            context: ["byte": String(offset), "record": String(document.recordCount + 1)])
    }
}
