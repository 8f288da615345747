/// Residents as the police register has them (公安: 常住人口).
enum Residents {
    static let kind = Kind(make: make, change: change, faults: faults)

    private static let states = ["正常", "死亡", "迁出", "注销"]

    private static func make(serial: Int, _ chance: inout SplitMix64) -> Row {
        let birth = CivilDate.random(1932...2025, &chance)
        let female = chance.chance(0.49)
        let division = chance.pick(Words.divisions)
        let address = Words.address(in: division, &chance)
        let age = 2026 - birth.year
        let id = id(birth: birth, female: female, serial: serial, &chance)
        let state = chance.chance(0.96) ? "正常" : chance.pick(states)
        let death = state == "死亡" && birth.year < 2020 ? CivilDate.random(2020...2025, &chance).dashed : ""
        return Row(
            serial: serial,
            [
                ("GMSFHM", .text(id)),
                ("XM", .text(Words.person(female: female, &chance))),
                ("CYM", chance.chance(0.06) ? .text(Words.person(female: female, &chance)) : ""),
                ("XB", female ? "2" : "1"),
                ("MZ", .text(chance.pick(["01", "01", "01", "01", "01", "01", "01", "15", "06", "13", "03"]))),
                ("CSRQ", .text(birth.dashed)),
                ("HJQH", .text(division.code)),
                ("HJDZ", .text(address)),
                ("XZZ", .text(chance.chance(0.7) ? address : Words.address(in: chance.pick(Words.divisions), &chance))),
                (
                    "HYZK",
                    .text(age < 22 ? "10" : chance.pick(["10", "20", "20", "20", "20", "40", age > 60 ? "30" : "20"]))
                ),
                ("XL", .text(age < 16 ? "80" : chance.pick(["10", "20", "20", "30", "30", "40", "60", "70", "80"]))),
                ("RYZT", .text(state)),
                ("LXDH", .text(age < 12 ? "" : Words.mobile(&chance))),
                ("ZJLX", "111"),
                ("CSD", .text(String(id.prefix(6)))),
                ("SWRQ", .text(death)),
            ])
    }

    /// The district was the county 430122 until 2011, and an id keeps the area of its first day. Some came from elsewhere.
    private static func id(birth: CivilDate, female: Bool, serial: Int, _ chance: inout SplitMix64) -> String {
        let home = birth.year < 2011 ? Words.formerDistrict : Words.district
        let area =
            chance.chance(0.9) ? home : chance.pick(["430104", "430121", "430124", "430681", "432524", "420106"])
        let order = (serial * 7 + 1) % 499 * 2 + (female ? 2 : 1)
        return Identifiers.citizen(area: area, birth: birth, order: order)
    }

    private static func change(_ row: inout Row, _ chance: inout SplitMix64) {
        switch chance.number(0...3) {
        case 0: row["XZZ"] = Words.address(in: chance.pick(Words.divisions), &chance)
        case 1: row["LXDH"] = Words.mobile(&chance)
        case 2: row["HYZK"] = chance.pick(["20", "40", "30"])
        default: row["RYZT"] = chance.pick(states)
        }
    }

    private static let faults: [RecordFault] = [
        .one(of: ["男", "女", "male", "female", "M", "F", "男性", "１"], in: "XB", weight: 50),
        .one(of: ["汉", "汉族", "HA", "99"], in: "MZ", weight: 15),
        .dateStyle("CSRQ", weight: 40),
        .one(of: ["00000000", "1985-13-02", "1990-02-30"], in: "CSRQ", weight: 4),
        .fullWidth("GMSFHM", weight: 15),
        .lowerCaseX("GMSFHM", weight: 25),
        .fifteenDigits("GMSFHM", weight: 15),
        .wrongCheck("GMSFHM", weight: 8, isFatal: true),
        .missing("GMSFHM", weight: 3, isFatal: true),
        .missing("XM", weight: 2, isFatal: true),
        .padded("XM", weight: 15),
        .blank("XZZ", weight: 10),
        .formerDivision("HJQH", weight: 20),
        .one(of: ["430112999000", "4301", "望城区"], in: "HJQH", weight: 5),
        .one(of: ["已婚", "未婚", "5"], in: "HYZK", weight: 10),
        .one(of: ["本科", "大学", "Z"], in: "XL", weight: 10),
        .fullWidth("LXDH", weight: 15),
        .one(of: ["8888", "0731-8806", "无"], in: "LXDH", weight: 8),
        .missing("RYZT", weight: 5),
    ]
}
