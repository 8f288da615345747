import Model

/// departments.yaml: who offers data, and from which systems it is read.
extension Reader {
    mutating func departments(_ document: Mapping) -> [Department] {
        check(document, of: "departments.yaml", keys: ["departments"])
        guard let item = document["departments"] else {
            report(missing: "departments", in: document, of: "departments.yaml", example: "{market-regulation: {…}}")
            return []
        }
        guard let mapping = mapping(item) else { return [] }
        var departments: [Department] = []
        var systems: [String: Place] = [:]
        for pair in mapping.pairs {
            if let department = department(pair, systems: &systems) { departments.append(department) }
        }
        return departments
    }

    private mutating func department(_ pair: Mapping.Pair, systems known: inout [String: Place]) -> Department? {
        check(name: pair.key, of: "a department", at: pair.keyPlace)
        let what = "department `\(pair.key)`"
        guard let mapping = mapping(pair.value, of: "a department", keys: DepartmentKeys.department) else { return nil }
        let title = required("title", in: mapping, of: what, example: "市场监督管理局")
        var systems: [SourceSystem] = []
        for system in mapping["systems"].flatMap({ self.mapping($0) })?.pairs ?? [] {
            if let first = known[system.key] {
                report(
                    .duplicateName, at: system.keyPlace,
                    "system `\(system.key)` is there already, in line \(first.line)",
                    advice: "Give one of them another name, or remove it.")
            }
            known[system.key] = known[system.key] ?? system.keyPlace
            if let system = self.system(system) { systems.append(system) }
        }
        return Department(
            name: pair.key, title: title ?? pair.key, titleEnglish: text(mapping["title_en"]),
            code: departmentCode(mapping["code"]), systems: systems)
    }

    private mutating func system(_ pair: Mapping.Pair) -> SourceSystem? {
        check(name: pair.key, of: "a system", at: pair.keyPlace)
        let what = "system `\(pair.key)`"
        guard let mapping = mapping(pair.value, of: "a system", keys: DepartmentKeys.system) else { return nil }
        let title = required("title", in: mapping, of: what, example: "市场主体登记系统")
        if mapping["base"] == nil { report(missing: "base", in: mapping, of: what, example: "https://10.1.2.3/api") }
        let base = address(mapping["base"]) ?? ""
        return SourceSystem(
            name: pair.key, title: title ?? pair.key, base: base,
            hosts: texts(mapping["hosts"]),
            credential: mapping["credential"].map { credential($0) } ?? .none, rate: rate(mapping["rate"]),
            concurrency: number(mapping["concurrency"], in: 1...64) ?? 2, hours: hours(mapping["hours"]),
            hostKey: hostKey(in: mapping, base: base))
    }

    private mutating func rate(_ item: Item?) -> Double? {
        guard let item, let text = text(item) else { return nil }
        if let rate = Double(text), rate > 0, rate <= 10_000 { return rate }
        report(wrongValue: text, at: item.place, expected: "requests a second, for example `20` or `0.5`")
        return nil
    }
}
