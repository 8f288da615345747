extension Diagnostic.Rule {
    /// A mapping holds a key once.
    static let duplicateKey: Self = "duplicate-key"
}

extension Reader {
    mutating func report(duplicateKey name: String, at place: Place, first: Place) {
        report(
            .duplicateKey, at: place, "`\(name)` is written twice",
            advice: "Keep one of them: the first stands in line \(first.line).")
    }
}
