import Model

extension Diagnostic.Rule {
    /// `with` names parameters that the adapter has.
    static let unknownParameter: Self = "unknown-parameter"
}

extension Reader {
    mutating func checkUnknownParameters(_ mapping: Mapping, of manifest: Manifest) {
        let known = manifest.parameters.map(\.name)
        for pair in mapping.pairs where !known.contains(pair.key) {
            report(
                .unknownParameter, at: pair.keyPlace, "adapter \(manifest.name) has no parameter `\(pair.key)`",
                advice: Names.advice(for: pair.key, among: known, called: "parameter"))
        }
    }
}
