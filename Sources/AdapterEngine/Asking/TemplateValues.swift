import Model

/// What placeholders stand for: the parameters of an entry, what depends on them, and what the run says beside them.
struct TemplateValues {
    var parameters: [String: ParameterValue]
    /// Parameters that are a part of the body, with placeholders of their own.
    var fragments: Set<String> = []
    /// Goes before a parameter of the same name; nil hides it.
    var run: [String: String?] = [:]
    /// What the run says in the body's own syntax, never escaped.
    var markup: [String: String] = [:]

    /// The text with its placeholders replaced; nil where one has no value.
    ///
    /// - Parameter escape: applied to what replaces a placeholder, not to the text around it. A text that is nothing but
    ///   the placeholder of a parameter is that parameter's own text, placeholders and all, so that an entry can write a
    ///   whole path.
    func text(_ template: String, escape: (String) -> String = { $0 }) -> String? {
        guard let result = text(unfold(template).pieces, escape), !result.isEmpty else { return nil }
        return result
    }

    private func text(_ pieces: [Template.Piece], _ escape: (String) -> String) -> String? {
        var result = ""
        for piece in pieces {
            switch piece {
            case .text(let text): result += text
            case .placeholder(let name):
                guard let value = value(name) else { return nil }
                result += escape(value)
            case .section(let name, let inner), .otherwise(let name, let inner):
                guard hasValue(name) == piece.isWhereThereIs else { continue }
                guard let text = text(inner, escape) else { return nil }
                result += text
            }
        }
        return result
    }

    /// The text with its placeholders replaced, by nothing where one has no value.
    ///
    /// A fragment goes in as it is written; a value is escaped.
    func body(_ template: String, escape: (String) -> String) -> String? {
        let unfolded = unfold(template)
        if let name = unfolded.onlyPlaceholder, !hasValue(name) { return nil }
        return body(unfolded.pieces, escape, depth: 0)
    }

    private func body(_ pieces: [Template.Piece], _ escape: (String) -> String, depth: Int) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): return text
            case .section(let name, let inner), .otherwise(let name, let inner):
                return hasValue(name) == piece.isWhereThereIs ? body(inner, escape, depth: depth) : ""
            case .placeholder(let name):
                if let markup = markup[name] { return markup }
                guard let value = value(name) else { return "" }
                // A fragment that holds itself is a circle.
                guard fragments.contains(name), depth < Self.deepest else { return escape(value) }
                return body(Template(value).pieces, escape, depth: depth + 1)
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

    /// Adds the texts that depend on what a parameter is.
    mutating func add(_ variants: [Manifest.Variants]) {
        for variant in variants {
            guard let value = value(variant.parameter) else { continue }
            for item in variant.texts[value] ?? [] { parameters[item.name] = .text(item.value) }
        }
    }

    private static let deepest = 4

    /// A parameter's text may name another; more than a few steps deep it is a circle.
    private func unfold(_ template: String) -> Template {
        var unfolded = Template(template)
        for _ in 0..<Self.deepest {
            guard let name = unfolded.onlyPlaceholder, run[name] == nil, markup[name] == nil,
                let text = parameters[name]?.text
            else { break }
            unfolded = Template(text)
        }
        return unfolded
    }

    private func hasValue(_ name: String) -> Bool { value(name) != nil || markup[name] != nil }

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
