import CLibXML2
import Model

/// Follows the events of one XML body along the tree of paths, and keeps what is asked for.
///
/// The callbacks of libxml2 reach it through a bare pointer, so that no event costs a reference count.
struct XMLWalk: ~Copyable {
    let tree: XMLPathTree
    let limits: ParseLimits
    let page: Int32
    var record: OpenRecord
    var document: DocumentValues
    private(set) var refusal: Refusal?
    /// Set while a chunk is read.
    var batch: UnsafeMutablePointer<RawBatch>?
    var context: xmlParserCtxtPtr?

    private let frames: UnsafeMutablePointer<Frame>
    private var frameCount = 1
    /// The nodes of the open frames; a node stands at one depth only, so it is here once at most.
    private let active: UnsafeMutablePointer<Int32>
    private var activeCount = 1
    private var depth = 0
    private var hasRoot = false
    /// Open elements within one that is on no path.
    private var skipped = 0
    /// Text of the outermost element that is wanted; those inside share it.
    private var text = ByteBuffer()
    private var openTexts = 0
    private var ownText = ByteBuffer(capacity: 64)
    private var openOwnTexts = 0
    private var markup = XMLMarkup()

    init(_ specification: ParseSpecification, _ draft: XMLPathDraft, page: Int32, dictionary: xmlDictPtr) {
        tree = XMLPathTree(draft, dictionary: dictionary)
        limits = specification.limits
        self.page = page
        record = OpenRecord(columns: specification.columns.count, twins: draft.twins, spare: draft.spare)
        document = DocumentValues(slots: draft.slots)
        frames = .allocate(capacity: limits.depth + 1)
        active = .allocate(capacity: tree.count)
        active[0] = XMLPathTree.document
        frames[0] = Frame(firstNode: 0, textStart: -1, ownTextStart: -1, markupStart: -1, isNil: false)
    }

    deinit {
        frames.deallocate()
        active.deallocate()
    }

    // MARK: - Events

    @inline(__always)
    mutating func start(_ local: InternedName, _ uri: InternedName?, _ attributes: XMLAttributes) {
        if depth >= limits.depth { return refuse(.depth) }
        if attributes.count &+ attributes.namespaces > limits.attributes { return refuse(.attributes) }
        if attributes.count > 0 && attributes.longestName > limits.nameBytes { return refuse(.name) }
        depth &+= 1
        hasRoot = true
        if skipped > 0 {
            if strlen(local) > limits.nameBytes { return refuse(.name) }
            skipped &+= 1
            if markup.isOpen { openMarkup(local, uri, attributes) }
            return
        }
        frames[frameCount &- 1].hasElements = true
        let firstNode = activeCount
        for index in frames[frameCount &- 1].firstNode..<firstNode { match(active[index], local, uri, attributes) }
        if activeCount == firstNode {
            if strlen(local) > limits.nameBytes { return refuse(.name) }
            if depth == 1 && xmlStrcasecmp(local, "html") == 0 { return refuse(.html) }
            frames[frameCount &- 1].hasStrangers = true
            skipped = 1
            if markup.isOpen { openMarkup(local, uri, attributes) }
            return
        }
        enter(firstNode, local, uri, attributes)
    }

    @inline(__always) mutating func characters(_ value: UnsafeRawBufferPointer) {
        if openTexts > 0 {
            if text.count + value.count > limits.valueBytes { return refuse(.value) }
            text.append(value)
        }
        if openOwnTexts > 0 && skipped == 0 && frames[frameCount &- 1].ownTextStart >= 0 {
            if ownText.count + value.count > limits.valueBytes { return refuse(.value) }
            ownText.append(value)
        }
        if markup.isOpen {
            if markup.count + value.count > limits.valueBytes { return refuse(.value) }
            markup.append(value)
        }
    }

    @inline(__always) mutating func end() {
        depth &-= 1
        if skipped > 0 {
            skipped &-= 1
            if markup.isOpen { markup.close() }
            return
        }
        frameCount &-= 1
        leave(frames[frameCount])
    }

    /// Lets the parser run idle to the end of its slice: `xmlStopParser` would free what its callers still read.
    mutating func refuse(_ refusal: Refusal) {
        if self.refusal != nil { return }
        self.refusal = refusal
        context?.pointee.disableSAX = 1
        context?.pointee.errNo = CInt(XML_ERR_USER_STOP.rawValue)
    }

    /// Notes what libxml2 found wrong, and whether it is only that the body breaks off.
    mutating func note(_ error: xmlError) {
        guard error.level == XML_ERR_FATAL else { return }
        if error.code == CInt(XML_ERR_NAME_TOO_LONG.rawValue) { return refuse(.name) }
        if error.code == CInt(XML_ERR_NO_MEMORY.rawValue) { return refuse(.names) }
        let input = context?.pointee.input?.pointee
        var isCutOff = input.map { $0.cur >= $0.end } ?? true
        if error.code == CInt(XML_ERR_DOCUMENT_END.rawValue), let next = input?.cur {
            // The end came within the root element, before it, or within a comment or instruction after it.
            isCutOff = isCutOff || depth > 0 || !hasRoot || next.pointee == UInt8(ascii: "<")
        }
        refuse(
            .syntax(code: Int(error.code), line: Int(error.line), column: Int(error.int2), isCutOff: isCutOff))
    }

    // MARK: - Elements

    /// Puts the children of a node that an element matches among the active ones.
    @inline(__always)
    private mutating func match(
        _ parent: Int32, _ local: InternedName, _ uri: InternedName?, _ attributes: XMLAttributes
    ) {
        let node = tree.nodes + Int(parent)
        let count = node.pointee.childCount
        var at = node.pointee.expected
        for _ in 0..<count {
            let index = node.pointee.firstChild &+ at
            at = at &+ 1 == count ? 0 : at &+ 1
            let child = tree.nodes + Int(index)
            if let wanted = child.pointee.local {
                if wanted != local { continue }
            } else if strlen(local) > limits.nameBytes {
                return refuse(.name)
            }
            if let wanted = child.pointee.uri, wanted != uri { continue }
            if satisfies(child, attributes) {
                active[activeCount] = index
                activeCount &+= 1
            }
            if node.pointee.isPlain {
                node.pointee.expected = at
                return
            }
        }
    }

    private func satisfies(_ node: UnsafeMutablePointer<XMLPathTree.Node>, _ attributes: XMLAttributes) -> Bool {
        for index in node.pointee.conditions {
            let condition = tree.conditions[index]
            guard let raw = attributes.raw(condition.local, condition.uri),
                XMLAttributes.withValue(raw, { $0.elementsEqual(condition.value) })
            else { return false }
        }
        if node.pointee.position == 0 { return true }
        node.pointee.met &+= 1
        return node.pointee.met == node.pointee.position
    }

    @inline(__always) private mutating func enter(
        _ firstNode: Int, _ local: InternedName, _ uri: InternedName?, _ attributes: XMLAttributes
    ) {
        var isTextWanted = false
        var isOwnTextWanted = false
        var isMarkupWanted = false
        for index in firstNode..<activeCount {
            let node = tree.nodes + Int(active[index])
            if node.pointee.isRecord { beginRecord() }
            if node.pointee.childCount > 0 { startCounting(node) }
            if !node.pointee.attributes.isEmpty { keep(node.pointee.attributes, of: attributes) }
            isTextWanted = isTextWanted || node.pointee.value.isWanted
            isOwnTextWanted = isOwnTextWanted || node.pointee.ownText.isWanted
            isMarkupWanted = isMarkupWanted || node.pointee.markup.isWanted
        }
        if isTextWanted { openTexts &+= 1 }
        if isOwnTextWanted { openOwnTexts &+= 1 }
        let isWanted = isTextWanted || isOwnTextWanted || isMarkupWanted
        frames[frameCount] = Frame(
            firstNode: firstNode, textStart: isTextWanted ? text.count : -1,
            ownTextStart: isOwnTextWanted ? ownText.count : -1, markupStart: isMarkupWanted ? markup.nextStart : -1,
            isNil: attributes.count > 0 && isWanted && isNil(attributes))
        if isMarkupWanted || markup.isOpen { openMarkup(local, uri, attributes, isRoot: isMarkupWanted) }
        frameCount &+= 1
    }

    private mutating func openMarkup(
        _ local: InternedName, _ uri: InternedName?, _ attributes: XMLAttributes, isRoot: Bool = false
    ) {
        markup.open(local, uri, attributes, isRoot: isRoot)
        if markup.count > limits.valueBytes { refuse(.value) }
    }

    private mutating func closeMarkup(_ frame: Frame) {
        // Without elements inside, the text is the value, as it is for every other column.
        if frame.isNil || !frame.hasElements { keepMarkup(frame.isNil ? .null : .text, markup.text, of: frame) }
        markup.close()
        if markup.count > limits.valueBytes { return refuse(.value) }
        keepMarkup(.structure, UnsafeRawBufferPointer(rebasing: markup.bytes[max(0, frame.markupStart)...]), of: frame)
        if !markup.isOpen { markup.truncate() }
    }

    /// The first that is kept stays.
    private mutating func keepMarkup(_ kind: RawBatch.Kind, _ value: UnsafeRawBufferPointer, of frame: Frame) {
        for index in frame.firstNode..<activeCount {
            let node = tree.nodes + Int(active[index])
            if node.pointee.markup.isWanted { keep(kind, value, at: node.pointee.markup) }
        }
    }

    private func startCounting(_ node: UnsafeMutablePointer<XMLPathTree.Node>) {
        let first = Int(node.pointee.firstChild)
        for child in first..<first + Int(node.pointee.childCount) { tree.nodes[child].met = 0 }
    }

    private func isNil(_ attributes: XMLAttributes) -> Bool {
        guard let raw = attributes.raw(tree.nilName, tree.nilNamespace) else { return false }
        return raw.elementsEqual("true".utf8) || raw.elementsEqual("1".utf8)
    }

    @inline(__always) private mutating func leave(_ frame: Frame) {
        if markup.isOpen { closeMarkup(frame) }
        for index in frame.firstNode..<activeCount {
            let node = tree.nodes + Int(active[index])
            if node.pointee.value.isWanted {
                let kind: RawBatch.Kind = frame.isNil ? .null : frame.hasElements ? .structure : .text
                let value = UnsafeRawBufferPointer(rebasing: text.bytes[frame.textStart...])
                keep(kind, value, at: node.pointee.value)
            }
            if node.pointee.ownText.isWanted {
                let value = UnsafeRawBufferPointer(rebasing: ownText.bytes[frame.ownTextStart...])
                keep(frame.isNil ? .null : .text, value, at: node.pointee.ownText)
            }
            if node.pointee.choice >= 0 { record.close(tree.choices[Int(node.pointee.choice)]) }
            if node.pointee.isList && !frame.hasStrangers { document.hasRecords = true }
            if node.pointee.isRecord { endRecord() }
        }
        activeCount = frame.firstNode
        if frame.textStart >= 0 {
            openTexts &-= 1
            if openTexts == 0 { text.truncate() }
        }
        if frame.ownTextStart >= 0 {
            openOwnTexts &-= 1
            ownText.truncate(to: frame.ownTextStart)
        }
    }

    // MARK: - Values

    private mutating func keep(_ wanted: Range<Int>, of attributes: XMLAttributes) {
        for index in wanted {
            let attribute = tree.attributes[index]
            guard let raw = attributes.raw(attribute.local, attribute.uri) else { continue }
            if raw.contains(UInt8(ascii: "&")) {
                var value = ByteBuffer(capacity: raw.count)
                XMLAttributes.withValue(raw) { value.append($0) }
                keep(.text, value.bytes, at: attribute.target)
            } else {
                keep(.text, raw, at: attribute.target)
            }
        }
    }

    /// As in XPath, the first of several counts.
    @inline(__always)
    private mutating func keep(
        _ kind: RawBatch.Kind, _ value: UnsafeRawBufferPointer, at target: XMLPathTree.Target
    ) {
        if target.column >= 0 && !record.isSet(Int(target.column)) {
            if record.byteCount + value.count > limits.recordBytes { return refuse(.record) }
            record.set(Int(target.column), kind, value)
        }
        if target.slot >= 0 && kind != .null && !document.isSet(slot: Int(target.slot)) {
            document.set(slot: Int(target.slot), String(decoding: value, as: UTF8.self))
        }
    }

    private mutating func beginRecord() {
        document.hasRecords = true
        record.begin()
    }

    private mutating func endRecord() {
        guard let batch else { return }
        document.recordCount += 1
        record.move(into: &batch.pointee, at: SourceLocator(page: page, record: Int32(clamping: document.recordCount)))
    }
}
