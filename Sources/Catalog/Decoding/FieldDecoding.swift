import Model

/// The fields of an entry.
extension Reader {
    mutating func fields(_ entry: Mapping, syntax: PathSyntax?) -> [Field] {
        guard let item = entry["fields"] else {
            report(
                missing: "fields", in: entry, of: "an entry",
                example: "{uscc: {title: 统一社会信用代码, from: TYSHXYDM, type: uscc}}")
            return []
        }
        guard let mapping = mapping(item) else { return [] }
        var fields: [Field] = []
        for pair in mapping.pairs {
            check(fieldName: pair.key, at: pair.keyPlace)
            if let field = field(pair, syntax: syntax) { fields.append(field) }
        }
        return fields
    }

    private mutating func field(_ pair: Mapping.Pair, syntax: PathSyntax?) -> Field? {
        let what = "field `\(pair.key)`"
        guard let mapping = mapping(pair.value, of: "a field", keys: EntryKeys.field) else { return nil }
        let title = required("title", in: mapping, of: what, example: "名称")
        let type = fieldType(mapping["type"])
        let isTypeKnown = type != nil || mapping["type"] == nil
        let unit = unit(mapping["unit"])
        let sharing: Entry.Share.Kind? = choice(mapping["share"], of: "kind of sharing")
        return Field(
            name: pair.key, title: title ?? pair.key, titleEnglish: text(mapping["title_en"]),
            source: fieldSource(mapping, name: pair.key, syntax: syntax), type: type ?? .text,
            list: text(mapping["list"]), map: pairs(mapping["map"]), absent: texts(mapping["absent"]),
            format: text(mapping["format"]), unit: isTypeKnown ? unit : nil, crs: referenceSystem(mapping["crs"]),
            isRequired: flag(mapping["required"]) ?? false, isIndexed: flag(mapping["index"]) ?? false,
            grade: grade(mapping["grade"]) ?? 1, isWithheld: sharing == .withheld)
    }

    private mutating func fieldSource(_ field: Mapping, name: String, syntax: PathSyntax?) -> FieldSource {
        if let constant = text(field["value"]) {
            if field["from"] != nil {
                report(
                    .wrongValue, at: field.place(of: "value"), "`value` and `from` exclude each other",
                    advice: "Keep `from` for what the source sends, or `value` for the same in every record.")
            }
            return .constant(constant)
        }
        if field["unwrap"] != nil { return openedSource(field, name: name, syntax: syntax) }
        guard let from = field["from"] else { return .path(name) }
        if from.scalarPairs != nil { return coordinates(from, syntax: syntax) ?? .path(name) }
        var paths: [String] = []
        for item in items(from) {
            guard let path = text(item) else { continue }
            check(path: path, at: item, syntax: syntax)
            paths.append(path)
        }
        if items(from).isEmpty { report(wrongShape: from, expected: "a path, or several of them") }
        guard paths.count > 1 else { return .path(paths.first ?? name) }
        check(alternatives: paths, at: from)
        return .alternatives(paths)
    }

    /// A value within a document that `from` leads to: `unwrap` opens it, `at` leads on in it.
    private mutating func openedSource(_ field: Mapping, name: String, syntax: PathSyntax?) -> FieldSource {
        let wrapper = text(field["from"]) ?? name
        if let from = field["from"] { check(path: wrapper, at: from, syntax: syntax) }
        let steps = field["unwrap"].map { items($0) } ?? []
        var unwrapping: [Manifest.Decoder.Unwrapping] = []
        for step in steps {
            if let known: Manifest.Decoder.Unwrapping = choice(step, of: "step of unwrapping") {
                unwrapping.append(known)
            }
        }
        guard let at = field["at"], let path = text(at) else {
            report(missing: "at", in: field, of: "a field with `unwrap`", example: "/person/name")
            return .path(wrapper)
        }
        guard let format = unwrapping.last?.format, unwrapping.dropLast().allSatisfy({ $0.format == nil }) else {
            report(
                .wrongValue, at: field.place(of: "unwrap"), "`unwrap` does not say what the value is",
                advice: "Write base64 and gzip in the order they are undone, then xml or json.")
            return .path(wrapper)
        }
        check(path: path, at: at, syntax: PathSyntax(format: format, namespaces: syntax?.namespaces ?? [:]))
        return .path(SourcePath.text(of: wrapper, opened: unwrapping.map(\.rawValue), at: path))
    }

    private mutating func check(alternatives paths: [String], at item: Item) {
        for (number, path) in paths.enumerated() where paths.prefix(number).contains(path) {
            report(
                .duplicateKey, at: items(item)[number].place, "`from` names `\(path)` twice",
                advice: "Name each place of the value once; the first that has a value counts.")
        }
    }

    private mutating func coordinates(_ item: Item, syntax: PathSyntax?) -> FieldSource? {
        guard let mapping = mapping(item, of: "`from`", keys: EntryKeys.coordinates) else { return nil }
        let x = required("x", in: mapping, of: "`from`", example: "X")
        let y = required("y", in: mapping, of: "`from`", example: "Y")
        guard let x, let y else { return nil }
        for (path, key) in [(x, "x"), (y, "y")] {
            if let item = mapping[key] { check(path: path, at: item, syntax: syntax) }
        }
        return .coordinates(x: x, y: y)
    }

    private mutating func unit(_ item: Item?) -> UnitConversion? {
        guard let item, let mapping = mapping(item, of: "`unit`", keys: EntryKeys.unit) else { return nil }
        let from = required("from", in: mapping, of: "`unit`", example: "万元")
        let to = required("to", in: mapping, of: "`unit`", example: "元")
        guard let from, let to else { return nil }
        return UnitConversion(from: from, to: to)
    }
}
