import Model

extension Diagnostic.Rule {
    /// Changes are asked for by a field that holds a time, or counts them.
    static let deltaFollowsTime: Self = "delta-without-time"
}

extension EntryRule {
    static let deltaFollowsTime = EntryRule { draft, _ in
        guard case .delta(let delta) = draft.noun.delivery, !delta.field.isEmpty else { return [] }
        let times = draft.noun.fields.filter { [.datetime, .date, .integer].contains($0.type) }.map(\.name)
        if times.contains(delta.field) { return [] }
        let isField = draft.noun.fields.contains { $0.name == delta.field }
        return [
            draft.mistake(
                .deltaFollowsTime, at: "since", "field",
                message: isField
                    ? "`\(delta.field)` is no time by which changes can be followed"
                    : "there is no field `\(delta.field)`",
                advice: times.isEmpty
                    ? "Add a field of type datetime or date that says when a record was changed, or of type integer that "
                        + "counts changes."
                    : Names.advice(for: delta.field, among: times, called: "field"))
        ]
    }
}
