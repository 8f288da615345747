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
        /// Which of the choices is made when the element ends.
        var choice: Int?
        var isRecord = false
        /// Whether records are children of it: an empty one is an empty list.
        var isList = false
    }

    private(set) var nodes = [Node(test: SourcePath.Element(local: nil))]
    private(set) var twins: [(from: Int, to: Int)] = []
    private(set) var choices: [XMLChoice] = []
    /// Columns behind those of the record, for values of elements that may not be the ones.
    private(set) var spare = 0
    private let columns: Int
    /// For each path of the document its slot.
    private(set) var slots: [Int] = []
    private var record = 0
    private let markup: Set<Int>

    static let document = 0

    init(_ specification: ParseSpecification) throws(Fault) {
        markup = specification.markup
        columns = specification.columns.count
        // A document that is a record itself is its root element.
        let root = SourcePath.Step.element(SourcePath.Element(local: nil))
        let steps = specification.records.steps.isEmpty ? [root] : specification.records.steps
        let elements = steps.compactMap(\.element)
        guard elements.count == steps.count else {
            throw Fault(.badAdapter, "the path \(specification.records.text) leads to a value: records are elements")
        }
        try Self.checkChoices(specification.records)
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
        let read = self.column(of: path.steps[...], below: record, wanted: column, withMarkup: markup.contains(column))
        if read != column { twins.append((from: read, to: column)) }
    }

    /// The column that steps are read into: the wanted one, or that of the same steps before.
    ///
    /// - Parameter wanted: nil for one behind those of the record.
    private mutating func column(
        of steps: ArraySlice<SourcePath.Step>, below root: Int, wanted: Int?, withMarkup isMarkup: Bool = false
    ) -> Int {
        guard let place = steps.firstIndex(where: { $0.element?.contents.isEmpty == false }) else {
            let free = wanted ?? columns + spare
            let read = change(steps, below: root, withMarkup: isMarkup) { target in
                target.column = target.column ?? free
                return target.column ?? free
            }
            if wanted == nil && read == free { spare += 1 }
            return read
        }
        let node = add(steps[...place].compactMap(\.element)[...], below: root)
        let choice = choice(at: node)
        let read = column(of: steps[(place + 1)...], below: node, wanted: nil, withMarkup: isMarkup)
        let meant = wanted ?? columns + spare
        if wanted == nil { spare += 1 }
        choices[choice].values.append((from: read, to: meant))
        return meant
    }

    /// Finds or makes the choice that is made when an element ends.
    private mutating func choice(at node: Int) -> Int {
        if let choice = nodes[node].choice { return choice }
        let conditions = nodes[node].test.contents.map { content in
            XMLChoice.Condition(
                column: column(of: content.steps[...], below: node, wanted: nil), value: Array(content.value.utf8))
        }
        choices.append(XMLChoice(conditions: conditions))
        nodes[node].choice = choices.count - 1
        return choices.count - 1
    }

    /// Whether there is a record, or what a document says, is known before an element ends.
    private static func checkChoices(_ path: SourcePath) throws(Fault) {
        if !path.choosesByContent { return }
        throw Fault(
            .badAdapter, "the path \(path.text) chooses an element by what stands in it: only paths of fields can",
            advice: "Choose by an attribute, or name every step.")
    }

    private mutating func addSlot(_ slot: Int, _ path: SourcePath, records: [SourcePath.Step]) throws(Fault) {
        if records.starts(with: path.steps) {
            throw Fault(
                .badAdapter, "the path \(path.text) covers the records",
                advice: "Values of the document stand beside the records, or are attributes.")
        }
        try Self.checkChoices(path)
        slots.append(
            change(path.steps[...], below: Self.document) { target in
                target.slot = target.slot ?? slot
                return target.slot ?? slot
            })
    }

    /// Finds or makes the target that steps lead to.
    private mutating func change(
        _ steps: ArraySlice<SourcePath.Step>, below root: Int, withMarkup isMarkup: Bool = false,
        _ edit: (inout Target) -> Int
    ) -> Int {
        let node = add(steps.compactMap(\.element)[...], below: root)
        switch steps.last {
        case .attribute(let name):
            let known = nodes[node].attributes.firstIndex { $0.name == name }
            let index = known ?? nodes[node].attributes.count
            if known == nil { nodes[node].attributes.append((name: name, target: Target())) }
            return edit(&nodes[node].attributes[index].target)
        case .text: return edit(&nodes[node].ownText)
        default: return isMarkup ? edit(&nodes[node].markup) : edit(&nodes[node].value)
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
