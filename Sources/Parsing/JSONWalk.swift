import CYajl
import Model

/// Follows the events of one JSON body along the tree of paths, and keeps what is asked for.
///
/// The callbacks of yajl reach it through a bare pointer, so that no event costs a reference count.
struct JSONWalk: ~Copyable {
    /// A container that is open and on a path.
    struct Frame {
        let node: Int32
        /// Index of the element that comes next; -1 for an object.
        var next: Int32
        /// Where its text begins, for a container that is wanted whole; -1 otherwise.
        let textStart: Int
        let isRecord: Bool
        /// An object in place of the list of records.
        let isSole: Bool
        /// The events that came before it and its own.
        let events: Int
    }

    enum Refusal {
        case depth, value, record, name, number, members
    }

    let tree: JSONPathTree
    let limits: ParseLimits
    let page: Int32
    /// Where a document begins: NDJSON without a path to the records has a record a line.
    let root: Int32
    var record: OpenRecord
    var document: DocumentValues
    var texts = StructureText()
    var refusal: Refusal?
    /// Set while a chunk is read.
    var batch: UnsafeMutablePointer<RawBatch>?
    var handle: yajl_handle?
    /// Counts events, to notice a token that does not end.
    var events = 0

    private let frames: UnsafeMutablePointer<Frame>
    /// For each open container, skipped ones too, the members that it had so far.
    private let members: UnsafeMutablePointer<Int>
    private var depth = 0
    /// Open containers within one that is on no path.
    private var skipped = 0
    /// Where the value that comes next stands.
    private var pending = JSONPathTree.none
    private var isInRecord = false
    /// Whether the open record is an element of a list, and not the object at the records' place.
    private var isListed = false

    init(_ specification: ParseSpecification, _ draft: JSONPathDraft, page: Int32) {
        tree = JSONPathTree(draft)
        limits = specification.limits
        self.page = page
        let isRecordEachLine = specification.isLines && specification.records.steps.isEmpty
        root = isRecordEachLine ? JSONPathTree.record : JSONPathTree.document
        record = OpenRecord(columns: specification.columns.count, twins: draft.twins)
        document = DocumentValues(slots: draft.slots)
        document.hasRecords = isRecordEachLine
        frames = .allocate(capacity: max(limits.depth, 1))
        members = .allocate(capacity: max(limits.depth, 1))
    }

    deinit {
        frames.deallocate()
        members.deallocate()
    }

    // MARK: - Events

    @inline(__always) mutating func key(_ name: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        events &+= 1
        if length > limits.nameBytes { return refuse(.name) }
        let container = depth &+ skipped &- 1
        members[container] &+= 1
        if members[container] > limits.members { return refuse(.members) }
        if skipped > 0 { return true }
        pending = tree.member(frames[depth &- 1].node, name, length)
        if pending != JSONPathTree.none && isInRecord { noteMember() }
        return true
    }

    @inline(__always) mutating func number(_ token: UnsafeRawBufferPointer) -> Bool {
        token.count > limits.numberBytes ? refuse(.number) : scalar(.number, token)
    }

    @inline(__always) mutating func scalar(_ kind: RawBatch.Kind, _ value: UnsafeRawBufferPointer) -> Bool {
        events &+= 1
        if skipped > 0 { return true }
        let node = place()
        if node == JSONPathTree.none { return true }
        if value.count > limits.valueBytes { return refuse(.value) }
        if node == JSONPathTree.record && !isInRecord {
            beginRecord()
            return keep(kind, value, at: node) && endRecord()
        }
        if tree.nodes[Int(node)].isRecords { noteBare(kind, value) }
        return keep(kind, value, at: node)
    }

    /// Null is an empty list, and an empty text is as if nothing stood there.
    private mutating func noteBare(_ kind: RawBatch.Kind, _ value: UnsafeRawBufferPointer) {
        if kind == .null {
            document.hasRecords = true
        } else if kind != .text || !value.isEmpty {
            document.hasBareValue = true
        }
    }

    mutating func open(isArray: Bool) -> Bool {
        events &+= 1
        if depth &+ skipped >= limits.depth { return refuse(.depth) }
        members[depth &+ skipped] = 0
        if skipped > 0 {
            skipped &+= 1
            return true
        }
        var node = place()
        if node == JSONPathTree.none {
            skipped = 1
            return true
        }
        let isSole = tree.nodes[Int(node)].isRecords && !isArray
        if tree.nodes[Int(node)].isRecords { document.hasRecords = true }
        if isSole { node = JSONPathTree.record }
        let isRecord = node == JSONPathTree.record && !isInRecord
        if isRecord { beginRecord() }
        let isWanted = tree.nodes[Int(node)].column >= 0 || tree.nodes[Int(node)].slot >= 0
        let start = isWanted ? texts.open(at: position - 1) : -1
        frames[depth] = Frame(
            node: node, next: isArray ? 0 : -1, textStart: start, isRecord: isRecord, isSole: isSole, events: events)
        depth &+= 1
        return true
    }

    mutating func close() -> Bool {
        events &+= 1
        if skipped > 0 {
            skipped &-= 1
            return true
        }
        depth &-= 1
        let frame = frames[depth]
        if frame.textStart >= 0 {
            let text = texts.close(from: frame.textStart, to: position)
            if text.count > limits.valueBytes { return refuse(.value) }
            if !keep(.structure, text, at: frame.node) { return false }
        }
        if !frame.isRecord { return true }
        if frame.isSole && events == frame.events &+ 1 {
            isInRecord = false
            return true
        }
        return endRecord()
    }

    // MARK: - Places

    /// The node that the value at hand belongs to.
    @inline(__always) private mutating func place() -> Int32 {
        if depth == 0 {
            isListed = false
            return root
        }
        let frame = frames + (depth &- 1)
        if frame.pointee.next < 0 { return pending }
        let index = frame.pointee.next
        frame.pointee.next &+= 1
        if !isInRecord && tree.nodes[Int(frame.pointee.node)].isRecords {
            isListed = true
            return JSONPathTree.record
        }
        return tree.element(frame.pointee.node, index)
    }

    /// A member given twice: the last one counts, with all it holds.
    @inline(__always) private mutating func noteMember() {
        let number = Int32(truncatingIfNeeded: document.recordCount)
        if tree.nodes[Int(pending)].lastRecord == number { clear(pending) }
        tree.nodes[Int(pending)].lastRecord = number
    }

    private mutating func clear(_ node: Int32) {
        let cleared = tree.nodes[Int(node)]
        if cleared.column >= 0 { record.clear(Int(cleared.column)) }
        for child in cleared.firstChild..<cleared.firstChild + cleared.childCount { clear(child) }
    }

    /// Bytes of the chunk up to the end of the token at hand.
    private var position: Int { handle.map { yajl_get_bytes_consumed($0) } ?? 0 }

    // MARK: - Values

    @inline(__always)
    private mutating func keep(_ kind: RawBatch.Kind, _ value: UnsafeRawBufferPointer, at node: Int32) -> Bool {
        let place = tree.nodes + Int(node)
        if place.pointee.column >= 0 && isInRecord {
            if record.byteCount + value.count > limits.recordBytes { return refuse(.record) }
            record.set(Int(place.pointee.column), kind, value)
        }
        if place.pointee.slot >= 0 && !(isInRecord && isListed) {
            document.set(slot: Int(place.pointee.slot), Self.text(kind, value))
        }
        return true
    }

    private static func text(_ kind: RawBatch.Kind, _ value: UnsafeRawBufferPointer) -> String? {
        switch kind {
        case .missing, .null, .broken: nil
        case .true: "true"
        case .false: "false"
        case .text, .number, .structure: String(decoding: value, as: UTF8.self)
        }
    }

    private mutating func beginRecord() {
        record.begin()
        isInRecord = true
    }

    private mutating func endRecord() -> Bool {
        isInRecord = false
        guard let batch else { return true }
        document.recordCount += 1
        let number = Int32(truncatingIfNeeded: document.recordCount)
        record.move(into: &batch.pointee, at: SourceLocator(page: page, record: number))
        return true
    }

    private mutating func refuse(_ refusal: Refusal) -> Bool {
        self.refusal = refusal
        return false
    }
}
