/// Standard addresses of the land bureau (资规: 标准地址), with a point each in the columns `X` (easting) and `Y`.
enum Addresses {
    static let kind = Kind(make: make, change: change, faults: faults)

    private static func make(serial: Int, _ chance: inout SplitMix64) -> Row {
        let index = chance.number(0...Words.divisions.count - 1)
        let division = Words.divisions[index]
        let road = division.isTown ? Words.village(&chance) : chance.pick(Words.roads)
        let door = "\(chance.number(1...699))号"
        let building = chance.chance(0.5) ? "\(chance.pick(Words.estates))\(chance.number(1...32))栋" : ""
        let point = Ground.point(in: index, &chance)
        return Row(
            serial: serial,
            [
                ("DZBM", .text(division.code + Identifiers.padded(serial + 1, 7))),
                ("DZQC", .text("湖南省长沙市望城区" + division.name + road + door + building)),
                ("QH12", .text(division.code)),
                ("ROAD", .text(road)),
                ("DOOR", .text(door)),
                ("BUILDING", building.isEmpty ? .null : .text(building)),
                ("X", .literal(Ground.metres(point.easting))),
                ("Y", .literal(Ground.metres(point.northing))),
                ("CLRQ", .text(CivilDate.random(2018...2025, &chance).dashed)),
                ("JD", .literal(chance.pick(["0.05", "0.1", "0.5", "1"]))),
            ])
    }

    private static func change(_ row: inout Row, _ chance: inout SplitMix64) {
        row["DOOR"] = "\(chance.number(1...699))号附\(chance.number(1...9))号"
        row.set("BUILDING", .text("\(chance.pick(Words.estates))\(chance.number(1...32))栋"))
    }

    private static let faults: [RecordFault] = [
        .missing("DZBM", weight: 3, isFatal: true),
        .padded("DZQC", weight: 15),
        .fullWidth("DOOR", weight: 25),
        .formerDivision("QH12", weight: 20),
        .one(of: ["430112999000", "望城"], in: "QH12", weight: 6),
        .missing("ROAD", weight: 10),
        .missing("X", weight: 10),
        RecordFault("easting and northing exchanged", weight: 8) { row, _ in
            let (easting, northing) = (row["X"], row["Y"])
            row["X"] = northing
            row["Y"] = easting
        },
        RecordFault("degrees instead of metres", weight: 6) { row, _ in
            row["X"] = "112.82"
            row["Y"] = "28.36"
        },
    ]
}
