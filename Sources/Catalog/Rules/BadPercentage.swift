extension Diagnostic.Rule {
    /// A share of a whole is written in per cent.
    static let badPercentage: Self = "bad-percentage"
}

extension Reader {
    /// A percentage as a share of one.
    mutating func percentage(_ item: Item?) -> Double? {
        guard let item, let text = text(item) else { return nil }
        if text.hasSuffix("%"), text.first?.isNumber == true, let number = Double(text.dropLast()),
            (0...100).contains(number)
        {
            return number / 100
        }
        report(
            .badPercentage, at: item.place, "`\(text)` is no percentage",
            advice: "Write a number from 0 to 100 and `%`, for example `5%`.")
        return nil
    }
}
