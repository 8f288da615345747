import Filter
import Model

extension Diagnostic.Rule {
    /// The condition of a count can be read, and its fields are there.
    static let conditionHolds: Self = "bad-condition"
}

extension SubjectRule {
    static let conditionHolds = SubjectRule { draft, around in
        draft.noun.fields.flatMap { field -> [Diagnostic] in
            guard case .count(let name, _, let condition) = field.rule, let condition else { return [] }
            func mistake(_ message: String, _ advice: String) -> Diagnostic {
                draft.mistake(.conditionHolds, at: "fields", field.name, "where", message: message, advice: advice)
            }
            do throws(ConditionParser.Invalid) {
                let expression = try ConditionParser.parse(condition)
                guard let entry = around.entries[name] else { return [] }
                let known = entry.fields.map(\.name)
                return expression.fields.filter { !known.contains($0) }.map {
                    mistake(
                        "entry \(name) has no field `\($0)`", Names.advice(for: $0, among: known, called: "field"))
                }
            } catch {
                return [mistake(error.message, error.advice)]
            }
        }
    }
}
