extension Diagnostic.Rule {
    /// A name belongs to one entry, subject, system, list or adapter.
    static let duplicateName: Self = "duplicate-name"
}

extension Draft {
    /// The mistake of a second noun under a name; `path` leads to the name.
    func duplicate(_ what: String, _ name: String, at path: String, first: String) -> Diagnostic {
        mistake(
            .duplicateName, at: path, message: "\(what) `\(name)` is there already, in \(first)",
            advice: "Give one of them another name, or remove it.")
    }
}
