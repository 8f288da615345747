extension Diagnostic.Rule {
    /// A department's code has the shape of a unified social credit code (GB 32100).
    static let badDepartmentCode: Self = "bad-department-code"
}

extension Reader {
    mutating func departmentCode(_ item: Item?) -> String? {
        guard let item, let text = text(item) else { return nil }
        let alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        if text.count == 18, text.allSatisfy({ alphabet.contains($0) }) { return text }
        report(
            .badDepartmentCode, at: item.place, "`\(text)` is no credit code (GB 32100)",
            advice: "Write its 18 digits and capitals (no I, O, S, V, Z), or leave it out.")
        return nil
    }
}
