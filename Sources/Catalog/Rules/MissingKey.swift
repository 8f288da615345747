extension Diagnostic.Rule {
    /// What must be said is said.
    static let missingKey: Self = "missing-key"
}

extension Reader {
    mutating func report(missing key: String, in mapping: Mapping, of what: String, example: String) {
        report(
            .missingKey, at: mapping.pairs.contains { $0.key == key } ? mapping.place(of: key) : mapping.place,
            "\(what) lacks `\(key)`", advice: "Write `\(key): \(example)`.")
    }
}
