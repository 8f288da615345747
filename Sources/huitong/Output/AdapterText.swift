import Model

/// An adapter as people read it: what it is, and every parameter with type, default, choices and sentence.
enum AdapterText {
    /// Columns of a terminal that sentences are wrapped at.
    private static let width = 110

    static func details(_ manifest: Manifest) -> String {
        var table = TextTable(["PARAMETER", "TYPE", "DEFAULT", "ABOUT"])
        for parameter in manifest.parameters {
            table.append([
                parameter.name, parameter.type.rawValue, standard(of: parameter),
                about(parameter),
            ])
        }
        return "\(manifest.name): \(manifest.title). \(manifest.summary)\n\n\(table.wrapped(at: width))"
    }

    /// What counts where an entry says nothing. A text that only names another is no default of the parameter's own.
    private static func standard(of parameter: Manifest.Parameter) -> String {
        if parameter.isRequired { return "required" }
        guard let value = parameter.standard, !value.written.contains("{{") else { return "-" }
        return value.written
    }

    private static func about(_ parameter: Manifest.Parameter) -> String {
        parameter.choices.isEmpty
            ? parameter.about : "\(parameter.about) One of: \(parameter.choices.joined(separator: ", "))."
    }
}

extension ParameterValue {
    /// The value as an entry would write it.
    fileprivate var written: String {
        switch self {
        case .text(let text): text.isEmpty ? "\"\"" : text
        case .number(let number): String(number)
        case .flag(let flag): String(flag)
        case .list(let list): "[\(list.joined(separator: ", "))]"
        case .pairs(let pairs):
            "{\(pairs.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
        }
    }
}
