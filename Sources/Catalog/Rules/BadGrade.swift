extension Diagnostic.Rule {
    /// 数据分级 has five levels.
    static let badGrade: Self = "bad-grade"
}

extension Reader {
    mutating func grade(_ item: Item?) -> Int? {
        guard let item, let text = text(item) else { return nil }
        if let grade = Int(text), (1...5).contains(grade) { return grade }
        report(
            .badGrade, at: item.place, "there is no grade `\(text)`",
            advice: "Write 1 to 5 (数据分级): from 3 on values are masked.")
        return nil
    }
}
