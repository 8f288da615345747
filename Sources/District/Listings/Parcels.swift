/// Real-estate units of the land bureau (资规: 不动产登记), each with a polygon in the column `WKT`; areas are in 亩.
///
/// The unit's code of 28 characters is that of GB/T 37346-2019: county 6, cadastral district 3, subdistrict 3, kind of
/// parcel 2, serial 5, then what stands on it 1 and its number 8.
enum Parcels {
    static func kind(organisations: [Subject], persons: [Citizen]) -> Kind {
        Kind(
            make: { serial, chance in
                let use = chance.pick(uses)
                let holder: Holder =
                    use.isHome ? .person(chance.pick(persons)) : .organisation(chance.pick(organisations))
                return make(serial: serial, use: use, holder: holder, &chance)
            },
            change: change, faults: faults)
    }

    private struct Use: Sendable {
        /// G 国有, J 集体; B 建设用地使用权, C 宅基地使用权.
        let parcel: String
        /// Of the bare land, and with a building on it.
        let rights: (String, String)
        let codes: [String]
        let isHome: Bool
    }

    private static let uses = [
        Use(parcel: "GB", rights: ("3", "4"), codes: ["0701"], isHome: true),
        Use(parcel: "GB", rights: ("3", "4"), codes: ["0501", "0505", "0601", "0604", "0803", "0805"], isHome: false),
        Use(parcel: "JB", rights: ("7", "8"), codes: ["0601", "0604", "0501"], isHome: false),
        Use(parcel: "JC", rights: ("5", "6"), codes: ["0702"], isHome: true),
    ]

    private static func make(serial: Int, use: Use, holder: Holder, _ chance: inout SplitMix64) -> Row {
        let index = chance.number(0...Words.divisions.count - 1)
        let division = Words.divisions[index]
        let isBuilt = chance.chance(0.7)
        let corner = Ground.point(in: index, &chance)
        let sides = (chance.number(10...120), chance.number(10...90))
        let registered = CivilDate.random(2016...2025, &chance)
        let parcel =
            Words.district + Identifiers.padded(index + 1, 3) + Identifiers.padded(serial / 500 % 1000 + 1, 3)
            + use.parcel + Identifiers.padded(serial + 1, 5)
        return Row(
            serial: serial,
            [
                ("BDCDYH", .text(parcel + (isBuilt ? "F00010001" : "W00000000"))),
                ("ZDDM", .text(parcel)),
                ("ZL", .text(Words.address(in: division, &chance))),
                ("QH", .text(division.code)),
                ("QLLX", .text(isBuilt ? use.rights.1 : use.rights.0)),
                ("TDYT", .text(chance.pick(use.codes))),
                ("MJ", .literal(mu(sides.0 * sides.1))),
                ("BDCQZH", .text("湘（\(registered.year)）望城区不动产权第\(Identifiers.padded(serial + 1, 7))号")),
                ("QLR", .text(holder.name)),
                ("QLRXYDM", holder.creditCode.map { .text($0) } ?? .null),
                ("QLRSFZH", holder.citizenID.map { .text($0) } ?? .null),
                ("GYFS", use.isHome ? .text(chance.pick(["0", "1", "2"])) : "0"),
                ("DJSJ", .text(registered.dashed)),
                ("SFDY", chance.chance(0.2) ? "是" : "否"),
                ("SFCF", chance.chance(0.02) ? "是" : "否"),
                ("WKT", .text(Ground.rectangle(from: corner, metres: sides))),
            ])
    }

    /// Square metres as 亩, of which a hectare has fifteen: exact, with four decimals.
    private static func mu(_ squareMetres: Int) -> String {
        let tenThousandths = squareMetres * 15
        return "\(tenThousandths / 10_000).\(Identifiers.padded(tenThousandths % 10_000, 4))"
    }

    /// A mortgage comes or goes.
    private static func change(_ row: inout Row, _ chance: inout SplitMix64) {
        if chance.chance(0.8) {
            row["SFDY"] = row["SFDY"] == "是" ? "否" : "是"
        } else {
            row["SFCF"] = row["SFCF"] == "是" ? "否" : "是"
        }
    }

    private static let faults: [RecordFault] = [
        .missing("BDCDYH", weight: 3, isFatal: true),
        RecordFault("short unit code", weight: 3, isFatal: true) { row, _ in
            row["BDCDYH"] = row["BDCDYH"].map { String($0.prefix(27)) }
        },
        .lowerCase("BDCDYH", weight: 10),
        .padded("ZL", weight: 15),
        .formerDivision("QH", weight: 12),
        .one(of: ["国有建设用地使用权", "宅基地使用权"], in: "QLLX", weight: 12),
        .one(of: ["住宅", "9999"], in: "TDYT", weight: 6),
        .one(of: ["3.5亩", "约2"], in: "MJ", weight: 6),
        .dateStyle("DJSJ", weight: 25),
        .lowerCaseX("QLRSFZH", weight: 10),
        .lowerCase("QLRXYDM", weight: 8),
        .one(of: ["Y", "0", "未知"], in: "SFDY", weight: 10),
        .missing("WKT", weight: 6),
        RecordFault("zone left out of the easting", weight: 5) { row, _ in
            row["WKT"] = row["WKT"]?.replacing(/38(\d{6}\.)/) { $0.output.1 }
        },
    ]
}
