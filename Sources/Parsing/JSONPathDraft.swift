import Model

/// The tree of a specification's paths while it grows, before it is laid out for reading.
struct JSONPathDraft {
    /// What leads from a value to the one below it.
    enum Key: Equatable {
        case name([UInt8])
        case index(Int32)
    }

    struct Node {
        let key: Key?
        var children: [Int] = []
        var column: Int?
        var slot: Int?
        var isRecords = false
    }

    /// The document first, then the record.
    private(set) var nodes = [Node(key: nil), Node(key: nil)]
    private(set) var twins: [(from: Int, to: Int)] = []
    /// For each path of the document its slot.
    private(set) var slots: [Int] = []

    static let document = 0
    static let record = 1

    init(_ specification: ParseSpecification) throws(Fault) {
        for keys in Self.keys(specification.records) { nodes[add(keys, below: Self.document)].isRecords = true }
        for (column, path) in specification.columns.enumerated() { addColumn(column, path) }
        for (number, path) in specification.document.enumerated() {
            slots.append(number)
            try addSlot(number, path, records: specification.records)
        }
    }

    private mutating func addColumn(_ column: Int, _ path: SourcePath) {
        for keys in Self.keys(path) {
            let node = add(keys, below: Self.record)
            if let first = nodes[node].column {
                if first != column { twins.append((from: first, to: column)) }
            } else {
                nodes[node].column = column
            }
        }
    }

    /// A path that leads on from the records' place is read where an object is met there instead of a list.
    private mutating func addSlot(_ slot: Int, _ path: SourcePath, records: SourcePath) throws(Fault) {
        for keys in Self.keys(path) {
            let over = Self.keys(records).first { keys.starts(with: $0) }
            var inner = keys[...]
            if let over { inner = keys.dropFirst(over.count) }
            if Self.keys(records).contains(where: { $0.starts(with: keys) }) || isIndex(over == nil ? nil : inner.first)
            {
                throw Fault(
                    .badAdapter, "the path \(path.text) covers the records at \(records.text) or is one of them",
                    advice: "Values of the document stand beside the records.")
            }
            let node = add(Array(inner), below: over == nil ? Self.document : Self.record)
            if let first = nodes[node].slot { slots[slot] = first } else { nodes[node].slot = slot }
        }
    }

    private func isIndex(_ key: Key?) -> Bool {
        if case .index = key { true } else { false }
    }

    private mutating func add(_ keys: [Key], below root: Int) -> Int {
        var node = root
        for key in keys {
            if let child = nodes[node].children.first(where: { nodes[$0].key == key }) {
                node = child
            } else {
                nodes.append(Node(key: key))
                nodes[node].children.append(nodes.count - 1)
                node = nodes.count - 1
            }
        }
        return node
    }

    /// A path as keys; several where digits of a JSON Pointer may be a name or an index.
    private static func keys(_ path: SourcePath) -> [[Key]] {
        path.steps.reduce(into: [[]]) { all, step in
            switch step {
            case .member(let name): all = all.map { $0 + [.name(Array(name.utf8))] }
            case .index(let index): all = all.map { $0 + [.index(Int32(clamping: index))] }
            case .memberOrIndex(let name, let index):
                all = all.flatMap { [$0 + [.name(Array(name.utf8))], $0 + [.index(Int32(clamping: index))]] }
            case .element, .attribute, .text, .first: break
            }
        }
    }
}
