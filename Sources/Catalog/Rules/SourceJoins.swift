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
        return mistakes
    }
}
