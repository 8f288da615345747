import Model

extension Diagnostic.Rule {
    /// A subject's source is written `entry.field`.
    static let badSource: Self = "bad-source"
}

extension Reader {
    mutating func subjectSource(_ item: Item) -> SubjectSource? {
        guard let text = text(item) else { return nil }
        let halves = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty {
            return SubjectSource(entry: halves[0], field: halves[1])
        }
        report(
            .badSource, at: item.place, "`\(text)` names no field of an entry",
            advice: "Write entry, dot and field, for example `enterprise-registration.name`.")
        return nil
    }
}
