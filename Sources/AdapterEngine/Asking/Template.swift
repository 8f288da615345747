import Model

/// A manifest's text, split at its `{{name}}` placeholders.
struct Template: Equatable {
    enum Piece: Equatable {
        case text(String)
        case placeholder(String)
    }

    let pieces: [Piece]

    init(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            if open.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<open.lowerBound]))) }
            pieces.append(.placeholder(String(rest[open.upperBound..<close.lowerBound]).filter { $0 != " " }))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }

    /// The name of the placeholder that is the whole text.
    var onlyPlaceholder: String? {
        guard pieces.count == 1, case .placeholder(let name) = pieces[0] else { return nil }
        return name
    }

    /// The names of all placeholders, in order.
    var placeholders: [String] {
        pieces.compactMap { piece in
            if case .placeholder(let name) = piece { name } else { nil }
        }
    }
}

/// What placeholders stand for: the parameters of an entry, and what the run says beside them.
struct TemplateValues {
    var parameters: [String: ParameterValue]
    /// Goes before a parameter of the same name; nil hides it.
    var run: [String: String?] = [:]

    /// The text with its placeholders replaced; nil where one has no value.
    ///
    /// - Parameter escape: applied to what replaces a placeholder, not to the text around it. A text that is nothing but
    ///   the placeholder of a parameter is that parameter's own text, placeholders and all, so that an entry can write a
    ///   whole body.
    func text(_ template: String, escape: (String) -> String = { $0 }) -> String? {
        var result = ""
        for piece in unfold(template).pieces {
            switch piece {
            case .text(let text): result += text
            case .placeholder(let name):
                guard let value = value(name) else { return nil }
                result += escape(value)
            }
        }
        return result.isEmpty ? nil : result
    }

    /// The text with its placeholders replaced, by nothing where one has no value.
    func body(_ template: String, escape: (String) -> String) -> String? {
        let unfolded = unfold(template)
        if let name = unfolded.onlyPlaceholder, value(name) == nil { return nil }
        return unfolded.pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .placeholder(let name): value(name).map(escape) ?? ""
            }
        }.joined()
    }

    /// Texts, of which one that is the placeholder of a list stands for all of the list.
    func list(_ templates: [String]) -> [String] {
        templates.flatMap { template -> [String] in
            if let name = Template(template).onlyPlaceholder, case .list(let values)? = parameters[name] {
                return values
            }
            return text(template).map { [$0] } ?? []
        }
    }

    /// Named texts, without those that have no value or no name; pairs of a parameter are in the order of their names.
    func items(_ items: [Manifest.Item]) -> [(name: String, value: String)] {
        items.flatMap { item -> [(name: String, value: String)] in
            guard item.name == Manifest.Item.allPairs else {
                guard let name = text(item.name), let value = text(item.value) else { return [] }
                return [(name, value)]
            }
            guard let name = Template(item.value).onlyPlaceholder, case .pairs(let pairs)? = parameters[name] else {
                return []
            }
            return pairs.sorted { $0.key < $1.key }.compactMap { pair in
                text(pair.value).map { (pair.key, $0) }
            }
        }
    }

    /// A parameter's text may name another; more than a few steps deep it is a circle.
    private func unfold(_ template: String) -> Template {
        var unfolded = Template(template)
        for _ in 0..<4 {
            guard let name = unfolded.onlyPlaceholder, run[name] == nil, let text = parameters[name]?.text else {
                break
            }
            unfolded = Template(text)
        }
        return unfolded
    }

    private func value(_ name: String) -> String? {
        if let value = run[name] { return value }
        guard let text = parameters[name]?.text, !text.isEmpty else { return nil }
        return text
    }
}

extension ParameterValue {
    /// A single value as text; nil for lists and pairs.
    var text: String? {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .list, .pairs: nil
        }
    }
}
