import CCSV
import Model

/// Reads records out of separated values while they stream by, over libcsv in its strict mode (RFC 4180).
///
/// A row with another number of values than the header has lost a separator or gained one, and nobody can tell which: all
/// its values are `.broken`, so that the record is refused and its department told.
final class CSVRecordParser: RecordParser {
    private let walk: UnsafeMutablePointer<CSVWalk>
    private let parser: UnsafeMutablePointer<csv_parser>
    private let limits: ParseLimits
    private let time: ParseTime?
    private var transcoder: Transcoder
    private var hasBegun = false
    /// What the parser's buffer may be larger than the value in it.
    private static let blockBytes = 64 << 10

    init(_ specification: ParseSpecification, page: Int32, charset: CharsetHint, recordsBefore: Int) throws(Fault) {
        limits = specification.limits
        time = specification.time
        transcoder = Transcoder(format: .csv, hint: charset)
        walk = .allocate(capacity: 1)
        walk.initialize(to: CSVWalk(specification, page: page, recordsBefore: recordsBefore))
        parser = .allocate(capacity: 1)
        csv_init(parser, UInt8(CSV_STRICT | CSV_STRICT_FINI))
        csv_set_delim(parser, specification.csv.separator)
        csv_set_blk_size(parser, Self.blockBytes)
    }

    deinit {
        csv_free(parser)
        parser.deallocate()
        walk.deinitialize(count: 1)
        walk.deallocate()
    }

    var document: DocumentValues { walk.pointee.document }

    func feed(_ bytes: UnsafeRawBufferPointer, into batch: inout RawBatch) throws(Fault) {
        try transcoder.decode(bytes) { text throws(Fault) in try read(text, into: &batch) }
    }

    func finish(into batch: inout RawBatch) throws(Fault) -> DocumentValues {
        try transcoder.finish { text throws(Fault) in try read(text, into: &batch) }
        let status = withUnsafeMutablePointer(to: &batch) { target in
            walk.pointee.batch = target
            defer { walk.pointee.batch = nil }
            return csv_fini(parser, csvValue, csvRow, walk)
        }
        if status != 0 {
            throw Fault(
                .sourceTruncated, "the body ends within quotes that row \(walk.pointee.rows + 1) opens",
                advice: "The connection was cut, or a quote is missing; the page is asked for again.", context: place)
        }
        if walk.pointee.isWithoutHeader {
            throw Fault(
                .sourceTruncated, "the body is empty: it has not even a header",
                advice: "The connection was cut or the source gave up; the page is asked for again.")
        }
        try checkRefusal()
        return document
    }

    private func read(_ text: UnsafeRawBufferPointer, into batch: inout RawBatch) throws(Fault) {
        if !hasBegun { try begin(text) }
        let start = time?.now
        let consumed = withUnsafeMutablePointer(to: &batch) { target in
            walk.pointee.batch = target
            defer { walk.pointee.batch = nil }
            return csv_parse(parser, text.baseAddress, text.count, csvValue, csvRow, walk)
        }
        try checkRefusal()
        if consumed < text.count {
            throw Fault(
                .sourceMalformed, "row \(walk.pointee.rows + 1) has a quote where none may be (RFC 4180 §2)",
                advice: "Tell the department: a value that holds a quote is written in quotes, its quotes doubled.",
                context: place)
        }
        // The buffer grows with a value that has not ended; its blocks are beside the count.
        if csv_get_buffer_size(parser) > limits.valueBytes + Self.blockBytes {
            throw tooLarge("a value", limits.valueBytes)
        }
        if let time, let start { try time.add(since: start, bytes: text.count) }
    }

    /// Looks at the first byte that is not blank.
    private func begin(_ text: UnsafeRawBufferPointer) throws(Fault) {
        guard let first = text.first(where: { !" \t\r\n".utf8.contains($0) }) else { return }
        hasBegun = true
        if first == UInt8(ascii: "<") || first == UInt8(ascii: "{") {
            throw Fault(
                .sourceUnexpected, "\(first == UInt8(ascii: "<") ? "HTML or XML" : "JSON") came instead of CSV",
                advice: "Open the address in a browser: it is often a login page or a gateway's error page.")
        }
    }

    private func checkRefusal() throws(Fault) {
        switch walk.pointee.refusal {
        case nil: return
        case .noColumns(let header):
            throw Fault(
                .sourceUnexpected, "the header has none of the columns that the entry reads: \(header)",
                advice: "Compare the entry's `from` with the header, and the separator with the file.")
        case .twoColumns(let name):
            throw Fault(
                .sourceUnexpected, "the header has two columns '\(name)', and nobody says which one is meant",
                advice: "Ask the department for names that differ, or write header: false and the columns' numbers.")
        case .tooManyValues: throw tooLarge("a row's number of values", CSVWalk.valuesAtMost)
        case .value: throw tooLarge("a value", limits.valueBytes)
        case .record: throw tooLarge("a record", limits.recordBytes)
        }
    }

    private func tooLarge(_ what: String, _ limit: Int) -> Fault {
        Fault(
            .sourceTooLarge, "\(what) is larger than \(limit)",
            advice: "Ask the department for smaller files, or take the value out of the entry.", context: place)
    }

    private var place: [String: String] { ["row": String(walk.pointee.rows + 1)] }
}

private func csvValue(_ value: UnsafeMutableRawPointer?, _ length: Int, _ context: UnsafeMutableRawPointer?) {
    context.unsafelyUnwrapped.assumingMemoryBound(to: CSVWalk.self).pointee.value(
        UnsafeRawBufferPointer(start: value, count: length))
}

private func csvRow(_ end: CInt, _ context: UnsafeMutableRawPointer?) {
    context.unsafelyUnwrapped.assumingMemoryBound(to: CSVWalk.self).pointee.endRow()
}
