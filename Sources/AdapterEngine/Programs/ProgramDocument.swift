import Model

/// A program's config as a manifest and an entry write it, filled with parameters and secrets.
struct ProgramDocument {
    let values: TemplateValues
    let parameters: [Manifest.Parameter]
    let secrets: Secrets
    /// The values of the secrets that were filled in, to be kept out of logs.
    private(set) var used: [String] = []

    init(values: TemplateValues, parameters: [Manifest.Parameter], secrets: Secrets) {
        self.values = values
        self.parameters = parameters
        self.secrets = secrets
    }

    /// The document of a manifest's text; nil where it is one placeholder without a value.
    ///
    /// - Throws: `settings.credential-missing` where a secret is not there.
    mutating func filled(_ template: String) throws(Fault) -> JSONValue? {
        guard let document = JSONValue(template) else {
            throw SourcePlan.misfit("a document of the manifest is no JSON", advice: "Correct the manifest.")
        }
        guard let filled = fill(document) else { return nil }
        return try resolve(filled)
    }

    /// A text that is one placeholder becomes its parameter, of whatever type; a member without a value is left out.
    private func fill(_ template: JSONValue) -> JSONValue? {
        switch template {
        case .text(let text):
            guard let name = Template(text).onlyPlaceholder,
                let type = parameters.first(where: { $0.name == name })?.type
            else { return values.text(text).map { .text($0) } }
            return values.parameters[name].flatMap { Self.value($0, type) }
        case .list(let list): return .list(list.compactMap(fill))
        case .object(let object): return .object(object.compactMapValues(fill))
        case .null, .flag, .number: return template
        }
    }

    private static func value(_ parameter: ParameterValue, _ type: Manifest.Parameter.Kind) -> JSONValue? {
        switch parameter {
        case .text(let text): type == .document ? JSONValue(text) : .text(text)
        case .number(let number): JSONValue(String(number))
        case .flag(let flag): .flag(flag)
        case .list(let list): .list(list.map { .text($0) })
        case .pairs(let pairs): .object(pairs.mapValues { .text($0) })
        }
    }

    /// `{"secret": "name"}` becomes the secret of that name.
    private mutating func resolve(_ document: JSONValue) throws(Fault) -> JSONValue {
        switch document {
        case .object(let object):
            if object.count == 1, case .text(let name)? = object["secret"] {
                let secret = try secrets.value(name)
                used.append(secret)
                return .text(secret)
            }
            var resolved: [String: JSONValue] = [:]
            for (name, value) in object { resolved[name] = try resolve(value) }
            return .object(resolved)
        case .list(let list):
            var resolved: [JSONValue] = []
            for value in list { resolved.append(try resolve(value)) }
            return .list(resolved)
        case .null, .flag, .number, .text: return document
        }
    }
}
