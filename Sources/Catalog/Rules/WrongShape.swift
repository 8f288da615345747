extension Diagnostic.Rule {
    /// A mapping, a list or a single value stands where one is expected.
    static let wrongShape: Self = "wrong-shape"
}

extension Reader {
    mutating func report(wrongShape item: Item, expected: String) {
        let name = item.path.last.map { "`\($0)`" } ?? "the file"
        report(
            .wrongShape, at: item.place, "\(name) holds \(item.shape)", advice: "Write \(expected).")
    }
}
