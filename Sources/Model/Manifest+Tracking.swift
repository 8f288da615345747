extension Manifest {
    /// Whether the source keeps its own account of what was read, so that an entry with these parameters needs no time to ask
    /// for changes by.
    public func keepsState(with given: [String: ParameterValue]) -> Bool {
        if program != nil || delivery != nil { return true }
        guard let resume = incrementalSync.resume else { return false }
        guard resume.hasPrefix("{{"), resume.hasSuffix("}}") else { return true }
        let name = resume.dropFirst(2).dropLast(2).filter { $0 != " " }
        return value(of: name, given) != nil
            || variants.contains { variant in
                let chosen = value(of: variant.parameter, given).flatMap { variant.texts[$0] }
                return chosen?.contains { $0.name == name } ?? false
            }
    }

    /// A parameter's value as a text, as far as it can choose among variants.
    private func value(of name: String, _ given: [String: ParameterValue]) -> String? {
        switch given[name] ?? parameters.first(where: { $0.name == name })?.standard {
        case .text(let text): text
        case .flag(let flag): flag ? "true" : "false"
        case .number(let number): String(number)
        case .list, .pairs, nil: nil
        }
    }
}
