extension Diagnostic.Rule {
    /// A word out of a fixed set is one of them.
    static let unknownChoice: Self = "unknown-choice"
}

extension Reader {
    mutating func report(unknown what: String, _ text: String, at place: Place, known: [String]) {
        report(
            .unknownChoice, at: place, "there is no \(what) `\(text)`",
            advice: Names.advice(for: text, among: known, called: what))
    }
}
