import Model

/// The tree of a specification's paths while it grows, before it is laid out for reading.
struct XMLPathDraft {
    /// Where a value goes: a column of the record, a slot of the document, or both.
    struct Target {
        var column: Int?
        var slot: Int?
    }

    struct Node {
        let test: SourcePath.Element
        var children: [Int] = []
        /// All the text in the element, that of the elements inside included.
        var value = Target()
        /// The text that stands directly in it.
        var ownText = Target()
        /// The element with its markup.
        var markup = Target()
        var attributes: [(name: SourcePath.Name, target: Target)] = []
        var isRecord = false
        /// Whether records are children of it: an empty one is an empty list.
        var isList = false
    }

    private(set) var nodes = [Node(test: SourcePath.Element(local: nil))]
    private(set) var twins: [(from: Int, to: Int)] = []
    /// For each path of the document its slot.
    private(set) var slots: [Int] = []
    private var record = 0
    private let markup: Set<Int>

    static let document = 0

    init(_ specification: ParseSpecification) throws(Fault) {
        markup = specification.markup
        // A document that is a record itself is its root element.
        let root = SourcePath.Step.element(SourcePath.Element(local: nil))
        let steps = specification.records.steps.isEmpty ? [root] : specification.records.steps
        let elements = steps.compactMap(\.element)
        guard elements.count == steps.count else {
            throw Fault(.badAdapter, "the path \(specification.records.text) leads to a value: records are elements")
        }
        let list = add(elements.dropLast(), below: Self.document)
        if list != Self.document { nodes[list].isList = true }
        record = add(elements.suffix(1), below: list)
        nodes[record].isRecord = true
        for (column, path) in specification.columns.enumerated() { try addColumn(column, path) }
        for (slot, path) in specification.document.enumerated() { try addSlot(slot, path, records: steps) }
    }

    private mutating func addColumn(_ column: Int, _ path: SourcePath) throws(Fault) {
        if path.isAbsolute && !path.steps.isEmpty {
            throw Fault(
                .badAdapter, "the path \(path.text) starts at the document, and values start at their record",
                advice: "Write it without the leading slash.")
        }
        var first: Int?
        change(path, below: record, withMarkup: markup.contains(column)) { target in
            first = target.column
            target.column = first ?? column
        }
        if let first { twins.append((from: first, to: column)) }
    }

    private mutating func addSlot(_ slot: Int, _ path: SourcePath, records: [SourcePath.Step]) throws(Fault) {
        if records.starts(with: path.steps) {
            throw Fault(
                .badAdapter, "the path \(path.text) covers the records",
                advice: "Values of the document stand beside the records, or are attributes.")
        }
        var first: Int?
        change(path, below: Self.document) { target in
            first = target.slot
            target.slot = first ?? slot
        }
        slots.append(first ?? slot)
    }

    /// Finds or makes the target that a path leads to.
    private mutating func change(
        _ path: SourcePath, below root: Int, withMarkup isMarkup: Bool = false, _ edit: (inout Target) -> Void
    ) {
        let node = add(path.steps.compactMap(\.element)[...], below: root)
        switch path.steps.last {
        case .attribute(let name):
            let known = nodes[node].attributes.firstIndex { $0.name == name }
            let index = known ?? nodes[node].attributes.count
            if known == nil { nodes[node].attributes.append((name: name, target: Target())) }
            edit(&nodes[node].attributes[index].target)
        case .text: edit(&nodes[node].ownText)
        default:
            if isMarkup { edit(&nodes[node].markup) } else { edit(&nodes[node].value) }
        }
    }

    private mutating func add(_ elements: ArraySlice<SourcePath.Element>, below root: Int) -> Int {
        var node = root
        for element in elements {
            if let child = nodes[node].children.first(where: { nodes[$0].test == element }) {
                node = child
            } else {
                nodes.append(Node(test: element))
                nodes[node].children.append(nodes.count - 1)
                node = nodes.count - 1
            }
        }
        return node
    }
}

extension SourcePath.Step {
    fileprivate var element: SourcePath.Element? {
        if case .element(let element) = self { element } else { nil }
    }
}
