import Model

extension Diagnostic.Rule {
    /// What source values are mapped to, and a constant, is in the list.
    static let unknownCode: Self = "unknown-code"
}

extension EntryRule {
    static let unknownCode = EntryRule { draft, around in
        draft.noun.fields.flatMap { field -> [Diagnostic] in
            guard let list = field.list.flatMap({ around.lists[$0] }), !list.codes.isEmpty else { return [] }
            let known = list.codes.map(\.code)
            func mistake(_ code: String, _ path: [String]) -> Diagnostic {
                draft.mistake(
                    .unknownCode, at: path, message: "code list \(list.name) has no code `\(code)`",
                    advice: Names.advice(for: code, among: known, called: "code"))
            }
            var found = field.map.filter { !known.contains($0.value) }
                .map { word, code in mistake(code, ["fields", field.name, "map", word]) }
            if field.type == .code, case .constant(let code) = field.source, !known.contains(code) {
                found.append(mistake(code, ["fields", field.name, "value"]))
            }
            return found
        }
    }
}
