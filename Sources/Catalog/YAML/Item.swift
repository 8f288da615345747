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

extension Item {
    /// The text of a single value.
    var scalar: String? {
        guard case .scalar(let scalar) = node else { return nil }
        return scalar.string
    }

    /// The texts of a list of single values; a single value counts as a list of one.
    var scalars: [String]? {
        guard case .sequence(let nodes) = node else { return scalar.map { [$0] } }
        let texts = nodes.compactMap { Item(node: $0, path: path).scalar }
        return texts.count == nodes.count ? texts : nil
    }

    /// The pairs of a mapping of names to single values.
    var scalarPairs: [String: String]? {
        guard case .mapping(let mapping) = node else { return nil }
        var pairs: [String: String] = [:]
        for (key, value) in mapping {
            guard let key = Item(node: key, path: path).scalar, let value = Item(node: value, path: path).scalar else {
                return nil
            }
            pairs[key] = value
        }
        return pairs
    }

    var isQuoted: Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .singleQuoted || scalar.style == .doubleQuoted
    }
}
