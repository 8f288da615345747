import Model

extension Diagnostic.Rule {
    /// What is counted can be found without reading all of it.
    static let countIsIndexed: Self = "count-not-indexed"
}

extension SubjectRule {
    static let countIsIndexed = SubjectRule { draft, around in
        draft.noun.fields.compactMap { field in
            guard case .count(let name, let by, _) = field.rule, let entry = around.entries[name],
                entry.fields.contains(where: { $0.name == by }), !entry.isCheap(by)
            else { return nil }
            return draft.mistake(
                .countIsIndexed, at: "fields", field.name, "by", message: "`\(by)` of \(name) is not indexed",
                advice: "Write `index: true` at that field of the entry: it is looked up for each thing of the subject."
            )
        }
    }
}

extension Entry {
    /// Whether records can be found by a field without reading all of them.
    fileprivate func isCheap(_ field: String) -> Bool {
        key.first == field || fields.contains { $0.name == field && $0.isIndexed }
    }
}
