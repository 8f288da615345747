import Model

extension Diagnostic.Rule {
    /// Only numbers are converted between units.
    static let unitIsMeasured: Self = "unit-without-number"
}

extension EntryRule {
    static let unitIsMeasured = EntryRule { draft, _ in
        draft.noun.fields.compactMap { field in
            guard field.unit != nil, !field.type.isNumeric else { return nil }
            return draft.mistake(
                .unitIsMeasured, atKey: "fields", field.name, "unit",
                message: "`\(field.name)` has a unit, and its type \(field.type.rawValue) is no number",
                advice: "Write `type: decimal` (or `integer`), or remove `unit`.")
        }
    }
}
