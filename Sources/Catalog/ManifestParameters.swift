import Model

/// What every adapter manifest says, whatever its way of asking: its name, its format and its parameters.
extension Reader {
    /// Name, titles, format and parameters of a manifest; nil where a part without which it means nothing is missing.
    mutating func manifestHead(_ mapping: Mapping) -> Manifest? {
        let name = required("adapter", in: mapping, of: "an adapter", example: "http-json")
        let title = required("title", in: mapping, of: "an adapter", example: "JSON over HTTP")
        let summary = required("summary", in: mapping, of: "an adapter", example: "one sentence on what it reads")
        var format: SourceFormat?
        if let item = mapping["format"] {
            format = choice(item, of: "format")
        } else {
            report(missing: "format", in: mapping, of: "an adapter", example: "json")
        }
        let parameters = mapping["parameters"].map { manifestParameters($0) } ?? []
        guard let name, let format else { return nil }
        return Manifest(
            name: name, title: title ?? name, summary: summary ?? "", format: format, parameters: parameters)
    }

    /// The parameters that a manifest declares, in their order: a mapping of names to descriptions.
    mutating func manifestParameters(_ item: Item) -> [Manifest.Parameter] {
        guard let mapping = mapping(item) else { return [] }
        var parameters: [Manifest.Parameter] = []
        for pair in mapping.pairs {
            if let parameter = manifestParameter(pair) { parameters.append(parameter) }
        }
        return parameters
    }

    private mutating func manifestParameter(_ pair: Mapping.Pair) -> Manifest.Parameter? {
        guard let mapping = mapping(pair.value, of: "a parameter", keys: ManifestKeys.parameter) else { return nil }
        let about = required("about", in: mapping, of: "parameter `\(pair.key)`", example: "one sentence")
        let type: Manifest.Parameter.Kind = choice(mapping["type"], of: "parameter type") ?? .text
        let standard = mapping["default"].flatMap { parameterValue($0, as: type) }
        return Manifest.Parameter(
            name: pair.key, type: type, isRequired: flag(mapping["required"]) ?? false, standard: standard,
            choices: texts(mapping["choices"]), about: about ?? "")
    }

    /// The value of a parameter as its type wants it; nil, with the reason reported, where it is written otherwise.
    mutating func parameterValue(_ item: Item, as type: Manifest.Parameter.Kind) -> ParameterValue? {
        switch type {
        case .text, .path, .fragment: text(item).map { .text($0) }
        case .number: number(item).map { .number($0) }
        case .flag: flag(item).map { .flag($0) }
        case .list: .list(texts(item))
        case .pairs: .pairs(pairs(item))
        case .document: documentText(item).map { .text($0) }
        }
    }
}
