import Model

extension Diagnostic.Rule {
    /// Every entry that a subject reads names the thing in one field that is cheap to look up.
    static let sourceJoins: Self = "unjoinable-source"
}

extension SubjectRule {
    static let sourceJoins = SubjectRule { draft, around in
        var mistakes: [Diagnostic] = []
        for (name, field) in draft.noun.join.sorted(by: { $0.key < $1.key }) {
            guard let entry = around.entries[name] else {
                mistakes.append(
                    draft.mistake(
                        .sourceExists, atKey: "join", name, message: "there is no entry `\(name)`",
                        advice: Names.advice(for: name, among: around.entries.keys.sorted(), called: "entry")))
                continue
            }
            if entry.isCheap(field) { continue }
            mistakes.append(
                draft.mistake(
                    .sourceJoins, at: "join", name, message: "`\(field)` of \(name) is not indexed",
                    advice: "Write `index: true` at that field of the entry."))
        }
        for field in draft.noun.fields {
            guard case .value(let sources) = field.rule else { continue }
            for (index, source) in sources.enumerated() where draft.noun.join[source.entry] == nil {
                guard let entry = around.entries[source.entry], entry.key.count != 1 else { continue }
                let path =
                    index == 0
                    ? ["fields", field.name, "from"] : ["fields", field.name, "fallback", String(index - 1)]
                mistakes.append(
                    Diagnostic(
                        file: draft.file, place: draft.places.value(path), rule: .sourceJoins,
                        message: "entry \(source.entry) has a key of \(entry.key.count) fields",
                        advice: "Say which field holds the key of the subject: `join: {\(source.entry): …}`."))
            }
        }
        return mistakes
    }
}

extension Entry {
    /// Whether records can be found by a field without reading all of them.
    func isCheap(_ field: String) -> Bool {
        key.first == field || fields.contains { $0.name == field && $0.isIndexed }
    }
}
