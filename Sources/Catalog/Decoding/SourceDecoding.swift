import Model

/// Where an entry comes from, and what one answer means.
extension Reader {
    /// The source, and how paths are written in it; no syntax where the adapter is unknown.
    mutating func source(_ entry: Mapping, manifests: [String: Manifest]) -> (Entry.Source, PathSyntax?) {
        let what = "`source`"
        guard let item = entry["source"] else {
            report(missing: "source", in: entry, of: "an entry", example: "{system: …, adapter: http-json, with: {…}}")
            return (Entry.Source(system: "", adapter: ""), nil)
        }
        guard let mapping = mapping(item, of: what, keys: EntryKeys.source) else {
            return (Entry.Source(system: "", adapter: ""), nil)
        }
        let system = required("system", in: mapping, of: what, example: "market-core") ?? ""
        let adapter = required("adapter", in: mapping, of: what, example: "http-json") ?? ""
        let given = mapping["with"].flatMap { self.mapping($0) }
        if let given { checkSecrets(given) }
        guard let manifest = manifests[adapter] else {
            if !adapter.isEmpty, let place = mapping["adapter"]?.place {
                report(unknownAdapter: adapter, at: place, known: Array(manifests.keys))
            }
            return (Entry.Source(system: system, adapter: adapter), nil)
        }
        checkMissingParameters(given, of: manifest, at: mapping.place(of: "adapter"))
        guard let given else {
            return (
                Entry.Source(system: system, adapter: adapter), PathSyntax(format: manifest.format, namespaces: [:])
            )
        }
        checkUnknownParameters(given, of: manifest)
        let (parameters, syntax) = parameters(given, of: manifest)
        return (Entry.Source(system: system, adapter: adapter, parameters: parameters), syntax)
    }

    private mutating func parameters(
        _ given: Mapping, of manifest: Manifest
    ) -> ([String: ParameterValue], PathSyntax) {
        var values: [String: ParameterValue] = [:]
        for parameter in manifest.parameters {
            guard let item = given[parameter.name] else { continue }
            values[parameter.name] = value(item, of: parameter, adapter: manifest.name)
        }
        var namespaces: [String: String] = [:]
        if case .pairs(let pairs) = values["namespaces"] { namespaces = pairs }
        let outer = PathSyntax(format: manifest.format, namespaces: namespaces)
        let syntax = PathSyntax(format: Self.opened(manifest, values) ?? manifest.format, namespaces: namespaces)
        for parameter in manifest.parameters where parameter.type == .path {
            if case .text(let path) = values[parameter.name], let item = given[parameter.name] {
                // Of a wrapped document, either may be meant.
                let isOuter = (try? SourcePath(path, format: outer.format, namespaces: namespaces)) != nil
                check(path: path, at: item, syntax: isOuter ? outer : syntax)
            }
        }
        return (values, syntax)
    }

    /// The format of the document that is opened before records are looked for; nil where none is.
    private static func opened(_ manifest: Manifest, _ values: [String: ParameterValue]) -> SourceFormat? {
        var steps = manifest.decoder.unwrap
        if case .list(let given)? = values["unwrap"], steps == ["{{unwrap}}"] { steps = given }
        return steps.last.flatMap { Manifest.Decoder.Unwrapping(rawValue: $0)?.format }
    }

    /// What one answer means: a delta's field may be named as the source names it.
    ///
    /// - Parameter keepsState: whether the source knows by itself what was read, and needs no time to tell changes by.
    mutating func delivery(
        _ entry: Mapping, fields: [Field], syntax: PathSyntax?, keepsState: Bool
    ) -> Entry.Delivery {
        let kind: DeliveryKind? = choice(entry["delivers"], of: "delivery")
        guard kind == .delta else {
            for key in ["since", "removed", "reconcile"]
            where entry[key] != nil && entry["delivers"].map(\.scalar) != "delta" {
                report(
                    .unknownKey, at: entry.place(of: key), "only a delta has `\(key)`",
                    advice: "Write `delivers: delta`, or remove `\(key)`.")
            }
            return .snapshot
        }
        if keepsState {
            if entry["since"] != nil {
                report(
                    .unknownKey, at: entry.place(of: "since"), "the source keeps its own account of what was read",
                    advice: "Remove `since`.")
            }
            return .delta(
                Entry.Delta(
                    parameter: "", field: "", removed: removal(entry["removed"], among: fields, syntax: syntax),
                    reconcile: reconcile(entry["reconcile"])))
        }
        guard let item = entry["since"] else {
            report(
                missing: "since", in: entry, of: "a delta",
                example: "{parameter: updated_since, field: updated_at, look_back: 1h}")
            return .snapshot
        }
        guard let since = mapping(item, of: "`since`", keys: EntryKeys.since) else {
            return .snapshot
        }
        let parameter = required("parameter", in: since, of: "`since`", example: "updated_since") ?? ""
        let written = required("field", in: since, of: "`since`", example: "updated_at") ?? ""
        let lookBack = duration(since["look_back"]) ?? 0
        return .delta(
            Entry.Delta(
                parameter: parameter, field: Self.fieldName(written, among: fields), lookBack: lookBack,
                removed: removal(entry["removed"], among: fields, syntax: syntax),
                reconcile: reconcile(entry["reconcile"])))
    }

    private static func fieldName(_ written: String, among fields: [Field]) -> String {
        if fields.contains(where: { $0.name == written }) { return written }
        return fields.first { $0.source.paths.contains(written) }?.name ?? written
    }

    private static func path(_ written: String, among fields: [Field]) -> String {
        if fields.contains(where: { $0.source.paths.contains(written) }) { return written }
        return fields.first { $0.name == written }?.source.paths.first ?? written
    }

    /// Where a field's name is written, the path that it is read from is meant.
    private mutating func removal(
        _ item: Item?, among fields: [Field], syntax: PathSyntax?
    ) -> Entry.Delta.Removal? {
        guard let item, let mapping = mapping(item, of: "`removed`", keys: EntryKeys.removed) else { return nil }
        let path = required("field", in: mapping, of: "`removed`", example: "SCBZ")
        let values = texts(mapping["values"])
        if values.isEmpty { report(missing: "values", in: mapping, of: "`removed`", example: "[\"1\"]") }
        guard let path, let place = mapping["field"] else { return nil }
        check(path: path, at: place, syntax: syntax)
        return Entry.Delta.Removal(path: Self.path(path, among: fields), values: values)
    }

    private mutating func reconcile(_ item: Item?) -> CronExpression? {
        guard let item, let mapping = mapping(item, of: "`reconcile`", keys: EntryKeys.reconcile) else { return nil }
        if mapping["cron"] == nil { report(missing: "cron", in: mapping, of: "`reconcile`", example: "\"0 3 * * 0\"") }
        return cron(mapping["cron"])
    }
}

private enum DeliveryKind: String, CaseIterable {
    case snapshot, delta
}
