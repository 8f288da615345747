import Model

extension Diagnostic.Rule {
    /// A source's system is one of departments.yaml.
    static let unknownSystem: Self = "unknown-system"
}

extension EntryRule {
    static let unknownSystem = EntryRule { draft, around in
        let name = draft.noun.source.system
        let known = around.systems.map(\.name)
        if name.isEmpty || known.contains(name) { return [] }
        return [
            draft.mistake(
                .unknownSystem, at: "source", "system", message: "there is no system `\(name)`",
                advice: Names.advice(for: name, among: known, called: "system"))
        ]
    }
}
