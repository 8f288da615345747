import Yams

extension Diagnostic.Rule {
    /// The file is YAML at all.
    static let syntax: Self = "syntax"
}

extension Reader {
    mutating func report(syntax error: YamlError) {
        let advice = "Indent with spaces, and quote values that hold `: `, ` #` or begin with one of `{[&*!|>%@`."
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            report(.syntax, at: Place(mark), "this is not YAML: \(problem)", advice: advice)
        case .duplicatedKeysInMapping(_, let context):
            report(
                .duplicateKey, at: Place(context.mark), "a key stands twice in one mapping",
                advice: "Keep one of them.")
        case .reader(let problem, _, _, _):
            report(.syntax, at: .start, "the file cannot be read: \(problem)", advice: "Write it in UTF-8.")
        default:
            report(.syntax, at: .start, "the file cannot be read as YAML", advice: advice)
        }
    }
}
