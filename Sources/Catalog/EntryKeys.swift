/// Every key of an entry's file. What reads a part takes its keys from here, and `docs/catalogue.md` is tested against it.
enum EntryKeys {
    static let head = [
        "entry", "code", "title", "title_en", "summary", "department", "categories", "update", "grade", "share", "open",
        "source", "schedule", "delivers", "since", "removed", "reconcile", "guard", "key", "fields",
    ]
    static let share = ["type", "condition", "scope", "basis", "uses", "methods"]
    static let source = ["system", "adapter", "with"]
    static let schedule = ["cron", "time_zone", "jitter", "overlap", "catch_up"]
    static let since = ["parameter", "field", "look_back"]
    static let removed = ["field", "values"]
    static let reconcile = ["cron"]
    static let limits = ["removed", "refused", "changed"]
    static let field = [
        "title", "title_en", "from", "unwrap", "at", "value", "type", "list", "map", "absent", "format", "unit", "crs",
        "required", "index", "grade", "share",
    ]
    static let coordinates = ["x", "y"]
    static let unit = ["from", "to"]

    /// Every key by its full name, such as `schedule.cron`; a field's are below `fields.*`.
    static var all: Set<String> {
        head.with([
            "share": share, "source": source, "schedule": schedule, "since": since, "removed": removed,
            "reconcile": reconcile, "guard": limits, "fields.*": field, "fields.*.from": coordinates,
            "fields.*.unit": unit,
        ])
    }
}

/// Every key of `departments.yaml`, below `departments`.
enum DepartmentKeys {
    static let department = ["title", "title_en", "code", "systems"]
    static let system = [
        "title", "base", "hosts", "credential", "rate", "concurrency", "hours", "host_key", "known_hosts",
    ]

    /// Every key by its full name, such as `systems.*.base`.
    static var all: Set<String> { department.with(["systems.*": system]) }
}

/// Every key of a subject's file.
enum SubjectKeys {
    static let head = ["subject", "kind", "title", "title_en", "summary", "key", "fields"]
    static let field = ["title", "title_en", "from", "fallback", "count", "by", "where", "index"]

    static var all: Set<String> { head.with(["fields.*": field]) }
}

extension [String] {
    /// These keys, and those of their parts by their full names.
    func with(_ parts: [String: [String]]) -> Set<String> {
        Set(self).union(parts.flatMap { part in part.value.map { "\(part.key).\($0)" } })
    }
}
