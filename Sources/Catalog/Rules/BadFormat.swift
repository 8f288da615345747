import Model
import Standards

extension Diagnostic.Rule {
    /// How a time is written is said in a pattern that can be followed, and of times only.
    static let badFormat: Self = "bad-format"
}

extension EntryRule {
    static let badFormat = EntryRule { draft, _ in
        draft.noun.fields.compactMap { field in
            guard let format = field.format else { return nil }
            guard field.type == .date || field.type == .datetime else {
                return draft.mistake(
                    .badFormat, atKey: "fields", field.name, "format",
                    message: "`\(field.name)` has a format, and its type \(field.type.rawValue) is no time",
                    advice: "Write `type: date` (or `datetime`), or remove `format`.")
            }
            guard TimeFormat(format) == nil else { return nil }
            return draft.mistake(
                .badFormat, at: "fields", field.name, "format", message: "`\(format)` is no pattern of a date",
                advice: "Write year, month and day once each, for example `MM/dd/yyyy` or `dd.MM.yyyy HH:mm`; or "
                    + "`epoch` or `epoch-ms` for numbers since 1970, `excel` for a spreadsheet's days.")
        }
    }
}
