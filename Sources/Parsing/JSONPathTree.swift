import CYajl
import Model

/// The paths of a specification as one tree, laid out so that a member is found by comparing bytes.
struct JSONPathTree: ~Copyable {
    struct Node {
        /// Children lie side by side.
        var firstChild: Int32 = 0
        var childCount: Int32 = 0
        /// The child that is likely to come next: records repeat the order of their members.
        var expected: Int32 = 0
        /// Where the member's name stands in `names`; a length of -1 for an index.
        var nameStart: Int32 = 0
        var nameLength: Int32 = -1
        var index: Int32 = -1
        /// The record's column and the document's slot that are read here, or -1.
        var column: Int32 = -1
        var slot: Int32 = -1
        /// The record that last had this member, to notice one that is given twice.
        var lastRecord: Int32 = -1
        /// Whether the list of records is here.
        var isRecords = false
    }

    let nodes: UnsafeMutablePointer<Node>
    private let names: UnsafeMutableRawPointer

    static let document: Int32 = 0
    static let record: Int32 = 1
    static let none: Int32 = -1

    init(_ draft: JSONPathDraft) {
        // Breadth first, so that the children of a node become neighbours.
        var order = [JSONPathDraft.document, JSONPathDraft.record]
        var laid: [Node] = []
        var text: [UInt8] = []
        while laid.count < order.count {
            let source = draft.nodes[order[laid.count]]
            var node = Node()
            node.firstChild = Int32(order.count)
            node.childCount = Int32(source.children.count)
            node.column = source.column.map(Int32.init) ?? -1
            node.slot = source.slot.map(Int32.init) ?? -1
            node.isRecords = source.isRecords
            switch source.key {
            case .name(let name):
                (node.nameStart, node.nameLength) = (Int32(text.count), Int32(name.count))
                text += name
            case .index(let index): node.index = index
            case nil: break
            }
            laid.append(node)
            order += source.children
        }
        nodes = .allocate(capacity: laid.count)
        nodes.initialize(from: laid, count: laid.count)
        names = .allocate(byteCount: max(text.count, 1), alignment: 1)
        text.withUnsafeBytes { if let base = $0.baseAddress { names.copyMemory(from: base, byteCount: $0.count) } }
    }

    deinit {
        nodes.deallocate()
        names.deallocate()
    }

    /// The member of this name, or `none`.
    @inline(__always) func member(_ node: Int32, _ name: UnsafePointer<UInt8>, _ length: Int) -> Int32 {
        let parent = nodes + Int(node)
        let count = parent.pointee.childCount
        var at = parent.pointee.expected
        for _ in 0..<count {
            let child = parent.pointee.firstChild &+ at
            at = at &+ 1 == count ? 0 : at &+ 1
            let candidate = nodes + Int(child)
            if Int(candidate.pointee.nameLength) == length,
                memcmp(names + Int(candidate.pointee.nameStart), name, length) == 0
            {
                parent.pointee.expected = at
                return child
            }
        }
        return Self.none
    }

    /// The element at this index, or `none`.
    func element(_ node: Int32, _ index: Int32) -> Int32 {
        let parent = nodes[Int(node)]
        for child in parent.firstChild..<parent.firstChild + parent.childCount where nodes[Int(child)].index == index {
            return child
        }
        return Self.none
    }
}
