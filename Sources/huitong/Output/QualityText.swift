import Model

/// Shares of quality as people read them.
enum QualityText {
    static func table(_ status: ExchangeStatus) -> String {
        let collections =
            status.entries.map { ($0.entry, $0.quality) } + status.subjects.map { ($0.subject, $0.quality) }
        if collections.isEmpty { return "no entry is registered: huitong catalog register FILE --reason …" }
        var table = TextTable(["COLLECTION"] + Quality().dimensions.map { $0.name.uppercased() })
        for (name, quality) in collections {
            table.append([name] + quality.dimensions.map { $0.share.map(text) ?? "-" })
        }
        return table.text
    }

    /// The dimensions that were measured, in one line; nil where none was.
    static func line(_ quality: Quality) -> String? {
        let measured = quality.dimensions.compactMap { name, share in share.map { "\(name) \(text($0))" } }
        return measured.isEmpty ? nil : measured.joined(separator: ", ")
    }

    /// Rounded down, so that only all of them is 100%.
    static func text(_ share: Quality.Share) -> String {
        let thousandths = share.numerator * 1000 / share.denominator
        let (whole, tenth) = thousandths.quotientAndRemainder(dividingBy: 10)
        return "\(whole)\(tenth == 0 ? "" : ".\(tenth)")% (\(share.numerator)/\(share.denominator))"
    }
}
