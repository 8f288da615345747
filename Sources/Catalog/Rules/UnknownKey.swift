extension Diagnostic.Rule {
    /// A mapping holds only keys that mean something.
    static let unknownKey: Self = "unknown-key"
}

extension Reader {
    mutating func check(_ mapping: Mapping, of what: String, keys: [String]) {
        for pair in mapping.pairs where !keys.contains(pair.key) {
            report(
                .unknownKey, at: pair.keyPlace, "\(what) has no key `\(pair.key)`",
                advice: Names.advice(for: pair.key, among: keys, called: "key"))
        }
    }
}
