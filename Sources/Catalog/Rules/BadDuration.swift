extension Diagnostic.Rule {
    /// A time span is a whole number and a unit.
    static let badDuration: Self = "bad-duration"
}

extension Reader {
    /// A time span in seconds.
    mutating func duration(_ item: Item?) -> Double? {
        guard let item, let text = text(item) else { return nil }
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        if let unit = text.last.flatMap({ units[$0] }), text.first?.isNumber == true, let number = Int(text.dropLast()),
            number < 1_000_000
        {
            return Double(number) * unit
        }
        report(
            .badDuration, at: item.place, "`\(text)` is no time span",
            advice: "Write a whole number and `s`, `m`, `h` or `d`, for example `30s`, `5m`, `12h` or `2d`.")
        return nil
    }
}
