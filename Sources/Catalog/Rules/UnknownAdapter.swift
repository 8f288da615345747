import Model

extension Diagnostic.Rule {
    /// A source's adapter is one of `Adapters/`.
    static let unknownAdapter: Self = "unknown-adapter"
}

extension Reader {
    mutating func report(unknownAdapter name: String, at place: Place, known: [String]) {
        report(
            .unknownAdapter, at: place, "there is no adapter `\(name)`",
            advice: Names.advice(for: name, among: known.sorted(), called: "adapter"))
    }
}
