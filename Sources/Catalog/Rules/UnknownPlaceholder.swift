import Yams

extension Diagnostic.Rule {
    /// A placeholder of a manifest is a parameter of it, or something that a run says.
    static let unknownPlaceholder: Self = "unknown-placeholder"
}

extension Reader {
    /// Looks at every text of a manifest but its parameters' own.
    mutating func checkPlaceholders(_ mapping: Mapping, known: [String]) {
        for pair in mapping.pairs where pair.key != "parameters" {
            check(pair.key, at: pair.keyPlace, known: known)
            checkPlaceholders(pair.value, known: known)
        }
    }

    private mutating func checkPlaceholders(_ item: Item, known: [String]) {
        switch item.node {
        case .scalar(let scalar): check(scalar.string, at: item.place, known: known)
        case .mapping:
            if let mapping = mapping(item) { checkPlaceholders(mapping, known: known) }
        case .sequence:
            for element in items(item) { checkPlaceholders(element, known: known) }
        case .alias: break
        }
    }

    /// Reports the placeholders of one text that stand for nothing.
    mutating func checkPlaceholders(in text: String, at place: Place, known: [String]) {
        check(text, at: place, known: known)
    }

    private mutating func check(_ text: String, at place: Place, known: [String]) {
        for match in text.matches(of: /\{\{ *[#^\/]?([^{} ]*) *\}\}/) where !known.contains(String(match.output.1)) {
            let name = String(match.output.1)
            report(
                .unknownPlaceholder, at: place, "nothing is called `\(name)` here",
                advice: Names.advice(for: name, among: known, called: "parameter"))
        }
    }
}
