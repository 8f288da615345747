import Model

/// How one of several becomes a field: a list is none itself.
struct DraftChoice {
    private let path: String
    private let items: [Sample]
    private let format: SourceFormat

    /// - Parameter items: what one record has there.
    init(_ path: [String], _ items: [Sample], _ format: SourceFormat) {
        self.path = DraftPath.relative(path, format)
        self.items = items
        self.format = format
    }

    /// A path to one value; nil where nothing in the list looks like one.
    var example: String? {
        guard let first = items.first else { return nil }
        let start = format == .json ? "\(path)[0]" : "\(path)[1]"
        guard case .members(let members) = first else { return first.isValue ? start : nil }
        guard let kind = members.first(where: { isKind($0.name) && text($0.sample) != nil }),
            let chosen = text(kind.sample)
        else { return members.first { $0.sample.isValue }.map { start + DraftPath.below($0.name, format) } }
        let others = members.filter { $0.sample.isValue && $0.name != kind.name && !$0.name.hasPrefix("@") }
        guard let value = others.first(where: { isValue($0.name) }) ?? others.first else { return nil }
        return path + condition(kind.name, chosen) + DraftPath.below(value.name, format)
    }

    /// Whether a name says what tells one of the list from the next.
    private func isKind(_ name: String) -> Bool {
        let word = FieldName.words(name).last ?? ""
        return ["type", "system", "kind", "use", "rel", "category"].contains(word) || word.hasSuffix("lx")
            || ["类型", "类别"].contains { name.hasSuffix($0) }
    }

    private func isValue(_ name: String) -> Bool {
        ["value", "href", "text", "content", "val"].contains(name.lowercased())
    }

    private func text(_ sample: Sample) -> String? {
        guard case .value(let value) = sample, value.kind == .text, (1...60).contains(value.text.count) else {
            return nil
        }
        return value.text.contains { $0 == "'" || $0 == "\\" || $0.isNewline } ? nil : value.text
    }

    private func condition(_ name: String, _ value: String) -> String {
        format == .json ? "[?(@.\(name)=='\(value)')]" : "[\(name)='\(value)']"
    }
}
