import Yams

/// Reads one YAML file and collects every mistake on the way, so that one pass tells all of them.
///
/// Whatever is wrong is reported and read as if it were absent: a reader never stops at the first mistake.
struct Reader {
    let file: String
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var places = Places()
    private var mends = DuplicateKeys()

    init(file: String) { self.file = file }

    /// The document's mapping; nil, with the reason reported, where the text is not YAML or not a mapping.
    mutating func document(_ text: String) -> Mapping? {
        do {
            guard let node = try mends.compose(text) else {
                report(
                    .syntax, at: .start, "the file is empty",
                    advice: "Write the file's content, or remove the file.")
                return nil
            }
            var room = Self.valuesAtMost
            guard Self.fits(node, &room) else {
                report(
                    .syntax, at: .start, "the file unfolds into more than \(Self.valuesAtMost) values",
                    advice: "Write fewer aliases (`*name`), or none.")
                return nil
            }
            return mapping(Item(node: node, path: []))
        } catch let error as YamlError {
            report(syntax: error)
        } catch {
            report(.syntax, at: .start, "the file cannot be read as YAML", advice: "Write YAML 1.1 in UTF-8.")
        }
        return nil
    }

    /// Values of one file, with what its aliases stand for: a few lines of them can mean more than any memory holds.
    static let valuesAtMost = 100_000

    private static func fits(_ node: Node, _ room: inout Int) -> Bool {
        room -= 1
        guard room >= 0 else { return false }
        switch node {
        case .scalar, .alias: return true
        case .sequence(let nodes):
            for node in nodes where !fits(node, &room) { return false }
        case .mapping(let pairs):
            for (key, value) in pairs where !fits(key, &room) || !fits(value, &room) { return false }
        }
        return true
    }

    mutating func report(_ rule: Diagnostic.Rule, at place: Place, _ message: String, advice: String) {
        diagnostics.append(Diagnostic(file: file, place: place, rule: rule, message: message, advice: advice))
    }

    mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    /// The mapping behind an item, whatever its keys are; nil where it is none.
    mutating func mapping(_ item: Item) -> Mapping? {
        places.note(value: item.place, at: item.path)
        guard case .mapping(let node) = item.node else {
            report(wrongShape: item, expected: "a mapping (key: value)")
            return nil
        }
        var pairs: [Mapping.Pair] = []
        for (key, value) in node {
            guard case .scalar(let scalar) = key else {
                report(wrongShape: Item(node: key, path: item.path), expected: "a name as key")
                continue
            }
            let name = mends.original(scalar.string)
            let place = Place(scalar.mark)
            if let first = pairs.first(where: { $0.key == name }) {
                report(duplicateKey: name, at: place, first: first.keyPlace)
                continue
            }
            let path = item.path + [name]
            places.note(key: place, at: path)
            places.note(value: Place(value.mark), at: path)
            pairs.append(Mapping.Pair(key: name, keyPlace: place, value: Item(node: value, path: path)))
        }
        return Mapping(place: item.place, path: item.path, pairs: pairs)
    }

    /// The mapping behind an item, of which only some keys are known; others are reported.
    mutating func mapping(_ item: Item, of what: String, keys: [String]) -> Mapping? {
        guard let mapping = mapping(item) else { return nil }
        check(mapping, of: what, keys: keys)
        return mapping
    }

    /// The items of a list; a single value counts as a list of one.
    mutating func items(_ item: Item) -> [Item] {
        guard case .sequence(let nodes) = item.node else { return [item] }
        var items: [Item] = []
        for (index, node) in nodes.enumerated() {
            let path = item.path + [String(index)]
            places.note(value: Place(node.mark), at: path)
            items.append(Item(node: node, path: path))
        }
        return items
    }
}
