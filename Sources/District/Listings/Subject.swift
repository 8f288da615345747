/// A firm or collective that several departments know, each by what it calls it.
struct Subject: Sendable {
    let code: String
    let name: String
    let representative: String

    init?(_ row: Row, name column: String) {
        guard row.fault == nil, let code = row["TYSHXYDM"], let name = row[column] else { return nil }
        self.code = code
        self.name = name
        representative = row["FDDBR"] ?? ""
    }

    /// The name as another department wrote it down: mostly the same.
    func nameElsewhere(_ chance: inout SplitMix64) -> String {
        guard chance.chance(0.05) else { return name }
        if name.hasSuffix("有限公司") { return name.dropLast(4) + "有限责任公司" }
        if name.hasPrefix("长沙市望城区") { return String(name.dropFirst(6)) }
        return name + chance.pick(["（望城）", " ", "分公司"])
    }
}
