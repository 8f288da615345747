import Yams

/// A value of a file and the keys that lead to it.
struct Item {
    let node: Node
    let path: [String]

    var place: Place { Place(node.mark) }

    /// What it is, for a message.
    var shape: String {
        switch node {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "a single value"
        case .alias: "an alias"
        }
    }

    /// A key without a value, or one that says `null`.
    var isNothing: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }
}

/// A mapping of a file: its pairs in their order, each key once.
struct Mapping {
    struct Pair {
        let key: String
        let keyPlace: Place
        let value: Item
    }

    let place: Place
    let path: [String]
    let pairs: [Pair]

    subscript(_ key: String) -> Item? {
        pairs.first { $0.key == key }.flatMap { $0.value.isNothing ? nil : $0.value }
    }

    func place(of key: String) -> Place { pairs.first { $0.key == key }?.keyPlace ?? place }
}
