extension Diagnostic.Rule {
    /// A dataset's code is 分类码/顺序码, as the catalogue guide of 2017 has it.
    static let badCode: Self = "bad-code"
}

extension Reader {
    mutating func datasetCode(_ item: Item?) -> String? {
        guard let item, let text = text(item) else { return nil }
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        let isDigits = halves.allSatisfy { half in !half.isEmpty && half.allSatisfy { ("0"..."9").contains($0) } }
        // 类 is one digit, 项 two and 目 three; 细目 may follow.
        if halves.count == 2, isDigits, halves[0].count >= 6, ("1"..."3").contains(halves[0].prefix(1)) { return text }
        report(
            .badCode, at: item.place, "`\(text)` is no dataset code",
            advice: "Write 分类码/顺序码: 类 (1 to 3), 项 (2 digits), 目 (3 digits), 细目, `/` and a serial number, "
                + "for example `1020101/000001`; or leave it out until the centre assigns it.")
        return nil
    }
}
