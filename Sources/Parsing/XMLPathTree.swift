import CLibXML2
import Model

/// A name as libxml2 keeps it: each name once, so that equal names are equal pointers.
typealias InternedName = UnsafePointer<xmlChar>

/// The paths of a specification as one tree, with names as pointers into the parser's own dictionary.
struct XMLPathTree: ~Copyable {
    /// A column and a slot, or -1.
    struct Target {
        var column: Int32 = -1
        var slot: Int32 = -1

        init(_ draft: XMLPathDraft.Target) {
            column = draft.column.map(Int32.init) ?? -1
            slot = draft.slot.map(Int32.init) ?? -1
        }

        var isWanted: Bool { column >= 0 || slot >= 0 }
    }

    struct Node {
        /// Children lie side by side.
        var firstChild: Int32 = 0
        var childCount: Int32 = 0
        /// The child that is likely to come next: records repeat the order of their elements.
        var expected: Int32 = 0
        /// Whether an element matches one child at most.
        var isPlain = true
        var isRecord: Bool
        var isList: Bool
        /// nil for any.
        var local: InternedName?
        var uri: InternedName?
        /// Counted from 1; 0 for any.
        var position: Int32
        /// Elements that matched within the parent at hand.
        var met: Int32 = 0
        var conditions: Range<Int>
        /// What decides at the element's end whether its values count, or -1.
        var choice: Int32
        var attributes: Range<Int>
        var value: Target
        var ownText: Target
        var markup: Target
    }

    struct Attribute {
        let local: InternedName
        let uri: InternedName?
        let target: Target
    }

    struct Condition {
        let local: InternedName
        let uri: InternedName?
        let value: [UInt8]
    }

    let nodes: UnsafeMutablePointer<Node>
    let count: Int
    private(set) var attributes: [Attribute] = []
    private(set) var conditions: [Condition] = []
    let choices: [XMLChoice]
    /// `xsi:nil`.
    let nilName: InternedName
    let nilNamespace: InternedName

    static let document: Int32 = 0

    init(_ draft: XMLPathDraft, dictionary: xmlDictPtr) {
        nilName = Self.intern("nil", dictionary)
        nilNamespace = Self.intern("http://www.w3.org/2001/XMLSchema-instance", dictionary)
        choices = draft.choices
        // Breadth first, so that the children of a node become neighbours.
        var order = [XMLPathDraft.document]
        var laid: [Node] = []
        while laid.count < order.count {
            let source = draft.nodes[order[laid.count]]
            let firstCondition = conditions.count
            for condition in source.test.attributes {
                conditions.append(
                    Condition(
                        local: Self.intern(condition.name.local, dictionary),
                        uri: condition.name.namespace.map { Self.intern($0, dictionary) },
                        value: Array(condition.value.utf8)))
            }
            let firstAttribute = attributes.count
            for (name, target) in source.attributes {
                attributes.append(
                    Attribute(
                        local: Self.intern(name.local, dictionary),
                        uri: name.namespace.map { Self.intern($0, dictionary) }, target: Target(target)))
            }
            let names = source.children.map { draft.nodes[$0].test.local }
            laid.append(
                Node(
                    firstChild: Int32(order.count), childCount: Int32(source.children.count),
                    isPlain: !names.contains(nil) && Set(names).count == names.count,
                    isRecord: source.isRecord, isList: source.isList,
                    local: source.test.local.map { Self.intern($0, dictionary) },
                    uri: source.test.namespace.map { Self.intern($0, dictionary) },
                    position: Int32(clamping: source.test.position ?? 0),
                    conditions: firstCondition..<conditions.count, choice: source.choice.map(Int32.init) ?? -1,
                    attributes: firstAttribute..<attributes.count,
                    value: Target(source.value), ownText: Target(source.ownText), markup: Target(source.markup)))
            order += source.children
        }
        count = laid.count
        nodes = .allocate(capacity: count)
        nodes.initialize(from: laid, count: count)
    }

    deinit { nodes.deallocate() }

    /// The dictionary lives as long as the parser's context, and so does the name.
    private static func intern(_ name: String, _ dictionary: xmlDictPtr) -> InternedName {
        guard let interned = xmlDictLookup(dictionary, name, CInt(name.utf8.count)) else {
            fatalError("out of memory")
        }
        return interned
    }
}
