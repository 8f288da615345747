import Model

extension Diagnostic.Rule {
    /// An entry's department is one of departments.yaml.
    static let unknownDepartment: Self = "unknown-department"
}

extension EntryRule {
    static let unknownDepartment = EntryRule { draft, around in
        let name = draft.noun.department
        let known = around.departments.map(\.name)
        if name.isEmpty || known.contains(name) { return [] }
        return [
            draft.mistake(
                .unknownDepartment, at: "department", message: "there is no department `\(name)`",
                advice: Names.advice(for: name, among: known, called: "department"))
        ]
    }
}
