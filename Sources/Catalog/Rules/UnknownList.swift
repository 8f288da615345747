import Model

extension Diagnostic.Rule {
    /// A field of codes names a list of `codelists/`.
    static let unknownList: Self = "unknown-list"
}

extension EntryRule {
    static let unknownList = EntryRule { draft, around in
        let known = around.lists.keys.sorted()
        return draft.noun.fields.compactMap { field in
            guard let list = field.list else {
                guard field.type == .code else { return nil }
                return draft.mistake(
                    .unknownList, at: "fields", field.name, "type", message: "codes of `\(field.name)` have no list",
                    advice: "Write `list: …`. " + Names.advice(for: field.name, among: known, called: "code list"))
            }
            if known.contains(list) { return nil }
            return draft.mistake(
                .unknownList, at: "fields", field.name, "list", message: "there is no code list `\(list)`",
                advice: Names.advice(for: list, among: known, called: "code list"))
        }
    }
}
