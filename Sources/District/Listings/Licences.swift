/// Administrative licences as the credit centre collects them (双公示: 行政许可).
enum Licences {
    static func kind(of subjects: [Subject]) -> Kind {
        Kind(
            make: { serial, chance in
                let row = make(serial: serial, subject: chance.pick(subjects), &chance)
                return chance.chance(FormerLayout.share) ? FormerLayout.licence(row, &chance) : row
            },
            change: change, faults: faults)
    }

    private static let permits: [(document: String, title: String, content: String, mark: String)] = [
        ("准予食品经营许可决定书", "食品经营许可证", "热食类食品制售；预包装食品销售", "市监"),
        ("准予道路运输经营许可决定书", "道路运输经营许可证", "普通货物运输", "交"),
        ("建筑业企业资质许可决定书", "建筑业企业资质证书", "建筑工程施工总承包叁级", "住建"),
        ("排污许可决定书", "排污许可证", "大气污染物、水污染物排放", "环"),
        ("户外广告设置许可决定书", "户外广告设置许可证", "设置门店招牌", "城管"),
        ("公共场所卫生许可决定书", "卫生许可证", "住宿场所", "卫"),
    ]

    private static func make(serial: Int, subject: Subject, _ chance: inout SplitMix64) -> Row {
        let permit = chance.pick(permits)
        let authority = Authority.named(permit.mark)
        let decided = CivilDate.random(2019...2025, &chance)
        return Row(
            serial: serial,
            [
                ("XK_XDR_MC", .text(subject.nameElsewhere(&chance))),
                ("XK_XDR_LB", "法人及非法人组织"),
                ("XK_XDR_SHXYM", .text(subject.code)),
                ("XK_XDR_ZZJG", .text(Identifiers.organisation(in: subject.code))),
                ("XK_XDR_GSZC", ""), ("XK_XDR_SWDJ", ""), ("XK_XDR_SYDW", ""), ("XK_XDR_SHZZ", ""),
                ("XK_XDR_ZJLX", ""), ("XK_XDR_ZJHM", ""),
                ("XK_FRDB", .text(subject.representative)),
                ("XK_FR_ZJLX", "身份证"), ("XK_FR_ZJHM", .text(Identifiers.representative(&chance))),
                ("XK_XKWS", .text(permit.document)),
                ("XK_WSH", .text("望\(permit.mark)许〔\(decided.year)〕\(serial + 1)号")),
                ("XK_XKLB", .text(chance.pick(["普通", "普通", "特许", "认可", "核准", "登记"]))),
                ("XK_XKZS", .text(permit.title)),
                ("XK_XKBH", .text("\(decided.year)4301120\(Identifiers.padded(serial + 1, 5))")),
                ("XK_NR", .text(permit.content)),
                ("XK_JDRQ", .text(decided.dashed)),
                ("XK_YXQZ", .text(decided.dashed)),
                ("XK_YXQZI", .text(decided.adding(years: chance.pick([3, 5, 10])).dashed)),
                ("XK_XKJG", .text(authority.name)),
                ("XK_XKJGDM", .text(authority.code)),
                ("XK_ZT", .text(chance.chance(0.93) ? "1" : "2")),
                ("XK_LYDW", .text(authority.name)),
                ("XK_LYDWDM", .text(authority.code)),
                ("BZ", ""),
            ])
    }

    /// A licence is renewed or withdrawn.
    private static func change(_ row: inout Row, _ chance: inout SplitMix64) {
        if chance.chance(0.6) {
            row["XK_YXQZI"] = CivilDate.random(2029...2036, &chance).dashed
        } else {
            row["XK_ZT"] = "2"
        }
    }

    private static let faults: [RecordFault] = [
        .missing("XK_WSH", weight: 3, isFatal: true),
        .lowerCase("XK_XDR_SHXYM", weight: 10),
        .wrongCheck("XK_XDR_SHXYM", weight: 8, isFatal: false),
        .dateStyle("XK_JDRQ", weight: 30),
        .one(of: ["99991231", "2099/12/31", "长期"], in: "XK_YXQZI", weight: 30),
        .one(of: ["有效", "9"], in: "XK_ZT", weight: 10),
        .padded("XK_XDR_MC", weight: 15),
        .missing("XK_YXQZ", weight: 4),
        .one(of: ["普通许可", "资质"], in: "XK_XKLB", weight: 8),
    ]
}
