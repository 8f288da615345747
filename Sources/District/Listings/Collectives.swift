/// Rural collective economic organisations (农业农村: 农村集体经济组织): registrar N, group 1, village 2 or town 3.
enum Collectives {
    static let kind = Kind(make: make, change: change, faults: faults)

    static let removal = Holdings.Removal.flagged(field: "SCBZ", value: "1", touched: "GXSJ")

    private static func make(serial: Int, _ chance: inout SplitMix64) -> Row {
        let division = chance.pick(Words.divisions)
        let level = chance.pick(["1", "1", "1", "1", "2", "2", "3"])
        return Row(
            serial: serial,
            [
                (
                    "TYSHXYDM",
                    .text(
                        Identifiers.credit(
                            prefix: "N" + level, area: Words.district, organisation: "MF", serial: serial &* 53 &+ 907))
                ),
                ("MC", .text(name(level: level, in: division, serial: serial, &chance))),
                ("LX", .text(level)),
                ("FDDBR", .text(Words.person(female: chance.chance(0.2), &chance))),
                ("CYS", .literal(String(chance.number(30...2600)))),
                ("ZCZE", .literal("\(chance.number(3...4800)).\(Identifiers.padded(chance.number(0...99), 2))")),
                ("QH", .text(division.code)),
                ("CLRQ", .text(CivilDate.random(2017...2023, &chance).dashed)),
                ("GXSJ", .text(ChinaTime.text(ChinaTime.founding - chance.number(0...300 * 86400)))),
                ("SCBZ", "0"),
            ])
    }

    private static func name(
        level: String, in division: Words.Division, serial: Int, _ chance: inout SplitMix64
    ) -> String {
        switch level {
        case "1": division.name + Words.village(&chance) + "\(serial % 40 + 1)组经济合作社"
        case "2": division.name + Words.village(&chance) + "股份经济合作社"
        default: division.name + "第\(serial % 9 + 1)经济联合总社"
        }
    }

    private static func change(_ row: inout Row, _ chance: inout SplitMix64) {
        if chance.chance(0.5) {
            row["ZCZE"] = "\(chance.number(3...4800)).\(Identifiers.padded(chance.number(0...99), 2))"
        } else {
            row["FDDBR"] = Words.person(female: chance.chance(0.2), &chance)
        }
    }

    private static let faults: [RecordFault] = [
        .lowerCase("TYSHXYDM", weight: 10),
        .wrongCheck("TYSHXYDM", weight: 5, isFatal: true),
        .missing("TYSHXYDM", weight: 2, isFatal: true),
        .padded("MC", weight: 15),
        .missing("FDDBR", weight: 10),
        .one(of: ["一百二十", "120人"], in: "CYS", weight: 8),
        .fullWidth("ZCZE", weight: 10),
        .dateStyle("CLRQ", weight: 30),
        .formerDivision("QH", weight: 15),
        .one(of: ["村", "9"], in: "LX", weight: 6),
    ]
}
