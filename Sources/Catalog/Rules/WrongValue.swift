extension Diagnostic.Rule {
    /// Numbers, flags, hours and the like are written as such.
    static let wrongValue: Self = "wrong-value"
}

extension Reader {
    mutating func report(wrongValue text: String, at place: Place, expected: String) {
        report(.wrongValue, at: place, "`\(text)` cannot be read", advice: "Write \(expected).")
    }
}
