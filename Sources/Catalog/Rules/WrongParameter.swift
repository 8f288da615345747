import Model

extension Diagnostic.Rule {
    /// A parameter has the type, and one of the values, that the adapter declares.
    static let wrongParameter: Self = "wrong-parameter"
}

extension Reader {
    /// The value of a source's parameter; nil, with the reason reported, where it is not what the adapter declares.
    mutating func value(_ item: Item, of parameter: Manifest.Parameter, adapter: String) -> ParameterValue? {
        // A value of any shape tells its own mistakes.
        if parameter.type == .document { return documentText(item).map { .text($0) } }
        guard let value = Self.value(item, as: parameter.type) else {
            report(
                .wrongParameter, at: item.place,
                "parameter `\(parameter.name)` of \(adapter) is \(parameter.type.article), and this is none",
                advice: "Write \(parameter.type.example(parameter.name)). \(parameter.about)")
            return nil
        }
        if case .text(let text) = value, !parameter.choices.isEmpty, !parameter.choices.contains(text) {
            report(
                .wrongParameter, at: item.place, "parameter `\(parameter.name)` of \(adapter) cannot be `\(text)`",
                advice: Names.advice(for: text, among: parameter.choices, called: "value"))
            return nil
        }
        return value
    }

    private static func value(_ item: Item, as type: Manifest.Parameter.Kind) -> ParameterValue? {
        switch type {
        case .text, .path, .document, .fragment: item.scalar.map { .text($0) }
        case .number: item.scalar.flatMap { Int($0) }.map { .number($0) }
        case .flag: item.scalar.flatMap { Bool($0) }.map { .flag($0) }
        case .list: item.scalars.map { .list($0) }
        case .pairs: item.scalarPairs.map { .pairs($0) }
        }
    }
}

extension Manifest.Parameter.Kind {
    fileprivate var article: String {
        switch self {
        case .text: "a text"
        case .number: "a whole number"
        case .flag: "a flag"
        case .list: "a list of texts"
        case .pairs: "a mapping of names to texts"
        case .path: "a path"
        case .document: "a document"
        case .fragment: "a text"
        }
    }

    fileprivate func example(_ name: String) -> String {
        switch self {
        case .text, .fragment: "one value, `\(name): …`"
        case .path: "one path, for example `\(name): /data/rows`"
        case .number: "digits, for example `\(name): 1000`"
        case .flag: "`\(name): true` or `\(name): false`"
        case .list: "`\(name): [first, second]`"
        case .pairs: "`\(name): {first: value}`"
        case .document: "any value, for example `\(name): {first: [1, 2]}`"
        }
    }
}
