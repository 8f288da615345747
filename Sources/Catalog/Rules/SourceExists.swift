import Model

extension Diagnostic.Rule {
    /// A subject reads fields of entries that are there.
    static let sourceExists: Self = "unknown-source"
}

extension SubjectRule {
    static let sourceExists = SubjectRule { draft, around in
        draft.noun.fields.flatMap { field -> [Diagnostic] in
            switch field.rule {
            case .value(let sources):
                return sources.enumerated().compactMap { index, source in
                    let path =
                        index == 0
                        ? ["fields", field.name, "from"] : ["fields", field.name, "fallback", String(index - 1)]
                    return mistake(draft, around, entry: source.entry, field: source.field, at: path)
                }
            case .count(let entry, let by, _):
                return [
                    mistake(draft, around, entry: entry, field: nil, at: ["fields", field.name, "count"])
                        ?? mistake(draft, around, entry: entry, field: by, at: ["fields", field.name, "by"])
                ].compactMap { $0 }
            }
        }
    }

    private static func mistake(
        _ draft: Draft<Subject>, _ around: Surroundings, entry name: String, field: String?, at path: [String]
    ) -> Diagnostic? {
        guard let entry = around.entries[name] else {
            return Diagnostic(
                file: draft.file, place: draft.places.value(path), rule: .sourceExists,
                message: "there is no entry `\(name)`",
                advice: Names.advice(for: name, among: around.entries.keys.sorted(), called: "entry"))
        }
        guard let field, !entry.fields.contains(where: { $0.name == field }) else { return nil }
        return Diagnostic(
            file: draft.file, place: draft.places.value(path), rule: .sourceExists,
            message: "entry \(name) has no field `\(field)`",
            advice: Names.advice(for: field, among: entry.fields.map(\.name), called: "field"))
    }
}
