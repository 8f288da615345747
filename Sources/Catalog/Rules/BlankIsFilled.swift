import Model

extension Diagnostic.Rule {
    /// What a draft leaves to a person is filled.
    static let blankIsFilled: Self = "unfilled-blank"
}

extension EntryRule {
    static let blankIsFilled = EntryRule { draft, _ in
        guard draft.noun.title == "TODO" else { return [] }
        return [
            draft.mistake(
                .blankIsFilled, at: "title", message: "the title is still to be filled in",
                advice: "Write the dataset's name, as officials call it.")
        ]
    }
}
