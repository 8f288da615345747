import Model

/// Subjects: one file each.
extension Reader {
    /// The subject of a file; nil where it does not even say its name.
    mutating func subject(_ mapping: Mapping) -> Subject? {
        let what = "a subject"
        check(mapping, of: what, keys: SubjectKeys.head)
        let name = required("subject", in: mapping, of: what, example: "legal-entity")
        if let name { check(name: name, of: "a subject", at: mapping["subject"]?.place ?? mapping.place) }
        let title = required("title", in: mapping, of: what, example: "法人")
        let key = required("key", in: mapping, of: what, example: "uscc")
        if mapping["fields"] == nil {
            report(missing: "fields", in: mapping, of: what, example: "{name: {from: enterprise-registration.name}}")
        }
        var fields: [SubjectField] = []
        for pair in mapping["fields"].flatMap({ self.mapping($0) })?.pairs ?? [] {
            check(fieldName: pair.key, at: pair.keyPlace)
            if let field = subjectField(pair) { fields.append(field) }
        }
        let subject = Subject(
            name: name ?? "", title: title ?? "", titleEnglish: text(mapping["title_en"]),
            summary: text(mapping["summary"]) ?? "", kind: choice(mapping["kind"], of: "kind of subject") ?? .base,
            key: key ?? "", fields: fields)
        return name == nil ? nil : subject
    }

    private mutating func subjectField(_ pair: Mapping.Pair) -> SubjectField? {
        guard let mapping = mapping(pair.value, of: "a subject's field", keys: SubjectKeys.field) else { return nil }
        guard let rule = subjectRule(mapping, name: pair.key) else { return nil }
        return SubjectField(
            name: pair.key, title: text(mapping["title"]) ?? "", titleEnglish: text(mapping["title_en"]), rule: rule,
            isIndexed: flag(mapping["index"]) ?? false)
    }

    private mutating func subjectRule(_ mapping: Mapping, name: String) -> SubjectField.Rule? {
        let what = "field `\(name)`"
        if let count = text(mapping["count"]) {
            for key in ["from", "fallback"] where mapping[key] != nil {
                report(
                    .unknownKey, at: mapping.place(of: key), "a count has no `\(key)`",
                    advice: "Keep `count`, `by` and `where`, or `from` and `fallback`.")
            }
            guard let by = required("by", in: mapping, of: what, example: "subject_code") else { return nil }
            return .count(entry: count, by: by, condition: text(mapping["where"]))
        }
        for key in ["by", "where"] where mapping[key] != nil {
            report(
                .unknownKey, at: mapping.place(of: key), "only a count has `\(key)`",
                advice: "Write `count: entry`, or remove `\(key)`.")
        }
        guard let from = mapping["from"] else {
            report(missing: "from", in: mapping, of: what, example: "enterprise-registration.name")
            return nil
        }
        var sources: [SubjectSource] = []
        for item in [from] + (mapping["fallback"].map { items($0) } ?? []) {
            guard let source = subjectSource(item) else { return nil }
            sources.append(source)
        }
        return .value(sources)
    }
}
