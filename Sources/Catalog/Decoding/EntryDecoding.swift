import Model

/// Entries: one file each, as far as it can be read.
extension Reader {
    /// The entry of a file; nil where it does not even say its name.
    mutating func entry(_ mapping: Mapping, manifests: [String: Manifest]) -> Entry? {
        let what = "an entry"
        check(mapping, of: what, keys: EntryKeys.head)
        let name = required("entry", in: mapping, of: what, example: "enterprise-registration")
        if let name { check(name: name, of: "an entry", at: mapping["entry"]?.place ?? mapping.place) }
        let title = required("title", in: mapping, of: what, example: "企业登记基本信息")
        let department = required("department", in: mapping, of: what, example: "market-regulation")
        let (source, syntax) = source(mapping, manifests: manifests)
        let fields = fields(mapping, syntax: syntax)
        let delivery = delivery(
            mapping, fields: fields, syntax: syntax,
            keepsState: manifests[source.adapter]?.keepsState(with: source.parameters) ?? false)
        let key = texts(mapping["key"])
        if key.isEmpty { report(missing: "key", in: mapping, of: what, example: "[uscc]") }
        let entry = Entry(
            name: name ?? "", code: datasetCode(mapping["code"]), title: title ?? "",
            titleEnglish: text(mapping["title_en"]), summary: text(mapping["summary"]) ?? "",
            department: department ?? "",
            categories: texts(mapping["categories"]),
            update: choice(mapping["update"], of: "update cycle") ?? .irregular,
            grade: grade(mapping["grade"]) ?? 1, share: share(mapping["share"]), isOpen: flag(mapping["open"]) ?? false,
            source: source, schedule: schedule(mapping["schedule"]), delivery: delivery,
            limits: limits(mapping["guard"]),
            key: key, fields: fields)
        return name == nil ? nil : entry
    }

    private mutating func share(_ item: Item?) -> Entry.Share {
        guard let item, let mapping = mapping(item, of: "`share`", keys: EntryKeys.share) else { return Entry.Share() }
        if mapping["type"] == nil { report(missing: "type", in: mapping, of: "`share`", example: "conditional") }
        let methods = mapping["methods"].map { items($0) } ?? []
        for method in methods {
            let _: SharingMethod? = choice(method, of: "sharing method")
        }
        return Entry.Share(
            type: choice(mapping["type"], of: "kind of sharing") ?? .conditional, condition: text(mapping["condition"]),
            scope: text(mapping["scope"]), basis: text(mapping["basis"]), uses: texts(mapping["uses"]),
            methods: methods.compactMap(\.scalar))
    }

    private mutating func schedule(_ item: Item?) -> Entry.Schedule? {
        guard let item, let mapping = mapping(item, of: "`schedule`", keys: EntryKeys.schedule) else { return nil }
        if mapping["cron"] == nil { report(missing: "cron", in: mapping, of: "`schedule`", example: "\"15 2 * * *\"") }
        let cron = cron(mapping["cron"])
        let timeZone = timeZone(mapping["time_zone"])
        let jitter = duration(mapping["jitter"])
        let overlap: Entry.Schedule.Overlap? = choice(mapping["overlap"], of: "overlap policy")
        let catchUp = duration(mapping["catch_up"])
        guard let cron else { return nil }
        return Entry.Schedule(
            cron: cron, timeZone: timeZone ?? "Asia/Shanghai", jitter: jitter ?? 0, overlap: overlap ?? .skip,
            catchUp: catchUp ?? 0)
    }

    private mutating func limits(_ item: Item?) -> Entry.Guard {
        var limits = Entry.Guard()
        guard let item, let mapping = mapping(item, of: "`guard`", keys: EntryKeys.limits) else { return limits }
        limits.removed = percentage(mapping["removed"]) ?? limits.removed
        limits.refused = percentage(mapping["refused"]) ?? limits.refused
        limits.changed = percentage(mapping["changed"]) ?? limits.changed
        return limits
    }
}

/// 共享方式: a service interface, batch exchange or files to download.
private enum SharingMethod: String, CaseIterable {
    case api, batch, file
}
