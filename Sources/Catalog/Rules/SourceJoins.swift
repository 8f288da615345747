import Model

extension Diagnostic.Rule {
    /// Every entry that gives values to a subject is keyed by the thing itself, and by nothing else.
    static let sourceJoins: Self = "unjoinable-source"
}

extension SubjectRule {
    static let sourceJoins = SubjectRule { draft, around in
        var mistakes: [Diagnostic] = []
        for field in draft.noun.fields {
            guard case .value(let sources) = field.rule else { continue }
            for (index, source) in sources.enumerated() {
                guard let entry = around.entries[source.entry], entry.key.count != 1 else { continue }
                let path =
                    index == 0
                    ? ["fields", field.name, "from"] : ["fields", field.name, "fallback", String(index - 1)]
                mistakes.append(
                    Diagnostic(
                        file: draft.file, place: draft.places.value(path), rule: .sourceJoins,
                        message: "entry \(source.entry) has a key of \(entry.key.count) fields",
                        advice: "A subject joins records by their key: read it from an entry with a key of one field."))
            }
        }
        return mistakes + secretKeys(draft, around)
    }

    /// Ids of a key graded 3 or higher are digests: they join with their like only, and count nothing.
    private static func secretKeys(_ draft: Draft<Subject>, _ around: Surroundings) -> [Diagnostic] {
        let entries = draft.noun.valueEntries.compactMap { around.entries[$0] }
        let secret = entries.filter { Collection($0).hasDigestedKey }
        guard !secret.isEmpty else { return [] }
        if secret.count < entries.count {
            return [
                draft.mistake(
                    .sourceJoins, at: "key",
                    message: "the key is graded 3 or higher in \(secret.map(\.name).joined(separator: ", ")) only",
                    advice: "Grade the key alike in every entry that the subject reads.")
            ]
        }
        return draft.noun.fields.compactMap { field in
            guard case .count = field.rule else { return nil }
            return draft.mistake(
                .sourceJoins, atKey: "fields", field.name,
                message: "records cannot be counted by a key graded 3 or higher",
                advice: "Leave the count out, or join by a key that may be seen.")
        }
    }
}
