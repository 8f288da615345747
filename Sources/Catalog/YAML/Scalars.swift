import Yams

/// Single values: each is nil where absent or wrong, and what is wrong is reported.
extension Reader {
    /// Any single value, as it is written.
    mutating func text(_ item: Item?) -> String? {
        guard let item else { return nil }
        guard case .scalar(let scalar) = item.node else {
            report(wrongShape: item, expected: "a single value")
            return nil
        }
        return scalar.string
    }

    /// The text of a key that must be there and not be blank.
    mutating func required(_ key: String, in mapping: Mapping, of what: String, example: String) -> String? {
        guard let item = mapping[key] else {
            report(missing: key, in: mapping, of: what, example: example)
            return nil
        }
        guard let text = text(item) else { return nil }
        if text.allSatisfy(\.isWhitespace) {
            report(missing: key, in: mapping, of: what, example: example)
            return nil
        }
        return text
    }

    mutating func flag(_ item: Item?) -> Bool? {
        guard let item, let text = text(item) else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default:
            report(wrongValue: text, at: item.place, expected: "`true` or `false`")
            return nil
        }
    }

    mutating func number(_ item: Item?, in range: ClosedRange<Int> = 0...Int.max) -> Int? {
        guard let item, let text = text(item) else { return nil }
        if let number = Int(text), range.contains(number) { return number }
        let limits =
            range.upperBound == .max ? "\(range.lowerBound) or greater" : "\(range.lowerBound)–\(range.upperBound)"
        report(wrongValue: text, at: item.place, expected: "a whole number, \(limits)")
        return nil
    }

    /// One of the values that an enumeration knows.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ item: Item?, of what: String) -> Choice?
    where Choice.RawValue == String {
        guard let item, let text = text(item) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        report(unknown: what, text, at: item.place, known: Choice.allCases.map(\.rawValue))
        return nil
    }

    /// The texts of a list; a single value counts as a list of one.
    mutating func texts(_ item: Item?) -> [String] {
        guard let item else { return [] }
        var texts: [String] = []
        for element in items(item) {
            if let text = text(element) { texts.append(text) }
        }
        return texts
    }

    /// A mapping of any names to single values.
    mutating func pairs(_ item: Item?) -> [String: String] {
        guard let item, let mapping = mapping(item) else { return [:] }
        var pairs: [String: String] = [:]
        for pair in mapping.pairs {
            if let text = text(pair.value) { pairs[pair.key] = text }
        }
        return pairs
    }
}
