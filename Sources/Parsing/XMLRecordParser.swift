import CLibXML2
import Model

/// Reads records out of an XML body while it streams by, over libxml2's push parser.
///
/// Nothing is loaded and no entity is expanded but the five of XML itself: a document type declaration that declares or
/// refers to anything is refused, a bare `<!DOCTYPE name>` is not. Of several elements on one path the first counts. An
/// element with elements inside is a structure: all its text. `xsi:nil` is null, an empty element is an empty text.
public final class XMLRecordParser: RecordParser {
    private let walk: UnsafeMutablePointer<XMLWalk>
    private let context: xmlParserCtxtPtr
    private let limits: ParseLimits
    private let time: ParseTime?
    private var transcoder: Transcoder
    private var hasBegun = false
    /// Whether the text so far ends after `<` and before `>`.
    private var isInMarkup = false

    init(_ specification: ParseSpecification, page: Int32, charset: CharsetHint, recordsBefore: Int) throws(Fault) {
        let draft = try XMLPathDraft(specification)
        limits = specification.limits
        time = specification.time
        transcoder = Transcoder(format: .xml, hint: charset)
        walk = .allocate(capacity: 1)
        var handlers = xmlHandlers()
        guard let context = xmlCreatePushParserCtxt(&handlers, walk, nil, 0, nil) else { fatalError("out of memory") }
        self.context = context
        // The text comes as UTF-8, whatever its declaration says.
        xmlCtxtUseOptions(context, CInt(XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue))
        xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
        walk.initialize(to: XMLWalk(specification, draft, page: page, dictionary: context.pointee.dict))
        walk.pointee.context = context
        walk.pointee.document.recordCount = recordsBefore
    }

    deinit {
        walk.deinitialize(count: 1)
        walk.deallocate()
        // libxml2 makes a document of its own accord where entities are declared.
        if let declarations = context.pointee.myDoc { xmlFreeDoc(declarations) }
        xmlFreeParserCtxt(context)
    }

    public var document: DocumentValues { walk.pointee.document }

    public func feed(_ bytes: UnsafeRawBufferPointer, into batch: inout RawBatch) throws(Fault) {
        try transcoder.decode(bytes) { text throws(Fault) in try read(text, into: &batch) }
    }

    public func finish(into batch: inout RawBatch) throws(Fault) -> DocumentValues {
        try transcoder.finish { text throws(Fault) in try read(text, into: &batch) }
        parse(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true, into: &batch)
        guard let refusal = walk.pointee.refusal else { return document }
        if case .syntax(_, let line, _, let isCutOff) = refusal, isCutOff || isInMarkup {
            throw Fault(
                .sourceTruncated, hasBegun ? "the body ends within the document" : "the body is empty",
                advice: "The connection was cut or the source gave up; the page is asked for again.",
                context: ["line": String(line)])
        }
        throw fault(refusal)
    }

    private func read(_ text: UnsafeRawBufferPointer, into batch: inout RawBatch) throws(Fault) {
        if !hasBegun { try begin(text) }
        if let last = text.lastIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }) {
            isInMarkup = text[last] == UInt8(ascii: "<")
        }
        var rest = text[...]
        while !rest.isEmpty {
            let slice = rest.prefix(sliceBytes)
            let start = time?.now
            parse(UnsafeRawBufferPointer(rebasing: slice), isLast: false, into: &batch)
            rest = rest[slice.endIndex...]
            if let refusal = walk.pointee.refusal { throw fault(refusal) }
            if let time, let start { try time.add(since: start, bytes: slice.count) }
            if waiting > longestWait { throw fault(isInSection ? .section : .markup) }
        }
    }

    /// Bytes that libxml2 holds back until it has all of a tag, comment or CDATA section.
    private var waiting: Int { context.pointee.input.map { $0.pointee.end - $0.pointee.cur } ?? 0 }

    private var isInSection: Bool { context.pointee.instate == XML_PARSER_CDATA_SECTION }

    /// libxml2 looks for the end of a CDATA section from its start for each slice: slices grow with what waits.
    private var sliceBytes: Int { max(64 << 10, isInSection ? waiting : 0) }

    private var longestWait: Int { isInSection ? min(limits.valueBytes, Self.longestSection) : limits.markupBytes }

    /// Beyond 10,000,000 bytes libxml2 gives up.
    private static let longestSection = 8 << 20

    private func parse(_ text: UnsafeRawBufferPointer, isLast: Bool, into batch: inout RawBatch) {
        withUnsafeMutablePointer(to: &batch) { target in
            walk.pointee.batch = target
            defer { walk.pointee.batch = nil }
            let start = text.baseAddress?.assumingMemoryBound(to: CChar.self)
            _ = xmlParseChunk(context, start, CInt(text.count), isLast ? 1 : 0)
        }
    }

    /// Looks at the first byte that is not blank.
    private func begin(_ text: UnsafeRawBufferPointer) throws(Fault) {
        guard let first = text.first(where: { !" \t\r\n".utf8.contains($0) }) else { return }
        hasBegun = true
        if first == UInt8(ascii: "<") { return }
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        throw Fault(
            .sourceUnexpected, isJSON ? "JSON came instead of XML" : "something came that is not XML",
            advice: "Open the address in a browser, or take an adapter of the format that comes.")
    }

    // MARK: - Faults

    private func fault(_ refusal: XMLWalk.Refusal) -> Fault {
        switch refusal {
        case .depth: tooLarge("elements are nested deeper than \(limits.depth)")
        case .attributes: tooLarge("an element has more than \(limits.attributes) attributes and namespaces")
        case .name: tooLarge("a name is longer than \(limits.nameBytes) bytes")
        // libxml2 keeps each name once, in a dictionary that it lets grow to some 20 MB.
        case .names: tooLarge("the names are more than the parser keeps")
        case .value: tooLarge("a value is longer than \(limits.valueBytes) bytes")
        case .record: tooLarge("a record is longer than \(limits.recordBytes) bytes")
        case .markup: tooLarge("a tag or comment is longer than \(limits.markupBytes) bytes")
        case .section: tooLarge("a CDATA section is longer than \(longestWait) bytes")
        case .doctype:
            Fault(
                .sourceMalformed, "document type declarations are refused",
                advice: "Ask the department for XML without a DTD: entities in it can be used to attack us.",
                context: place)
        case .html:
            Fault(
                .sourceUnexpected, "HTML came instead of the XML that was asked for",
                advice:
                    "Open the address in a browser: it is often a login page, a gateway's error page or another path.")
        case .syntax(let code, let line, let column, _):
            Fault(
                .sourceMalformed, "the body is not XML at line \(line), column \(column): \(xmlProblemText(code))",
                advice: "Tell the department: its system sends XML that no parser may accept.",
                context: ["line": String(line), "column": String(column), "record": String(document.recordCount + 1)])
        }
    }

    private func tooLarge(_ what: String) -> Fault {
        Fault(
            .sourceTooLarge, what,
            advice: "Ask the department for smaller answers, or take the value out of the entry.",
            context: place)
    }

    private var place: [String: String] {
        ["line": String(context.pointee.input?.pointee.line ?? 0), "record": String(document.recordCount + 1)]
    }
}
