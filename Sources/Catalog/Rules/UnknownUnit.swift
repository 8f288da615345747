import Model
import Standards

extension Diagnostic.Rule {
    /// Units of measure are known, and one can be converted to the other.
    static let unknownUnit: Self = "unknown-unit"
}

extension EntryRule {
    static let unknownUnit = EntryRule { draft, _ in
        draft.noun.fields.flatMap { field -> [Diagnostic] in
            guard let unit = field.unit else { return [] }
            let unknown = [("from", unit.from), ("to", unit.to)].filter { Measure($0.1) == nil }
            guard unknown.isEmpty else {
                return unknown.map { key, name in
                    draft.mistake(
                        .unknownUnit, at: "fields", field.name, "unit", key, message: "there is no unit `\(name)`",
                        advice: Names.advice(for: name, among: Measure.names, called: "unit"))
                }
            }
            guard let from = Measure(unit.from), let to = Measure(unit.to), MeasureConversion(from: from, to: to) == nil
            else { return [] }
            return [
                draft.mistake(
                    .unknownUnit, at: "fields", field.name, "unit",
                    message: "\(unit.from) is no measure of what \(unit.to) measures",
                    advice: "Write two units of one quantity, for example `{from: 万元, to: 元}`.")
            ]
        }
    }
}
