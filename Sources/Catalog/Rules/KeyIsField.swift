import Model

extension Diagnostic.Rule {
    /// The key is made of fields.
    static let keyIsField: Self = "key-is-field"
}

extension EntryRule {
    static let keyIsField = EntryRule { draft, _ in
        let known = draft.noun.fields.map(\.name)
        return draft.noun.key.enumerated().compactMap { index, name in
            if known.contains(name) || known.isEmpty { return nil }
            return draft.mistake(
                .keyIsField, at: "key", String(index), message: "the key `\(name)` is not a field",
                advice: Names.advice(for: name, among: known, called: "field"))
        }
    }
}

extension SubjectRule {
    static let subjectKeyIsField = SubjectRule { draft, _ in
        let subject = draft.noun
        if subject.key.isEmpty || subject.fields.contains(where: { $0.name == subject.key }) { return [] }
        return [
            draft.mistake(
                .keyIsField, at: "key", message: "the key `\(subject.key)` is not a field, and no source gives it",
                advice: "Write where it comes from, for example `\(subject.key): {from: entry.field}` under `fields`.")
        ]
    }
}
