import Model

extension Diagnostic.Rule {
    /// What source values are mapped to is in the list.
    static let unknownCode: Self = "unknown-code"
}

extension EntryRule {
    static let unknownCode = EntryRule { draft, around in
        draft.noun.fields.flatMap { field -> [Diagnostic] in
            guard let list = field.list.flatMap({ around.lists[$0] }), !list.codes.isEmpty else { return [] }
            let known = list.codes.map(\.code)
            return field.map.filter { !known.contains($0.value) }.map { word, code in
                draft.mistake(
                    .unknownCode, at: "fields", field.name, "map", word,
                    message: "code list \(list.name) has no code `\(code)`",
                    advice: Names.advice(for: code, among: known, called: "code"))
            }
        }
    }
}
