import Model

extension Diagnostic.Rule {
    /// Who does not share says by which law (政务数据共享条例, article 16).
    static let withheldHasBasis: Self = "withheld-without-basis"
}

extension EntryRule {
    static let withheldHasBasis = EntryRule { draft, _ in
        guard draft.noun.share.type == .withheld, draft.noun.share.basis == nil else { return [] }
        return [
            draft.mistake(
                .withheldHasBasis, at: "share", message: "the entry is withheld, and no law is named",
                advice: "Write `basis: …`, the law, regulation or decision that says so, or share it.")
        ]
    }
}
