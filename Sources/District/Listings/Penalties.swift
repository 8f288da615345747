/// Administrative penalties as the credit centre collects them (双公示: 行政处罚); sums are in 万元.
enum Penalties {
    static func kind(of subjects: [Subject]) -> Kind {
        Kind(
            make: { serial, chance in
                let row = make(serial: serial, subject: chance.pick(subjects), &chance)
                return chance.chance(FormerLayout.share) ? FormerLayout.penalty(row, &chance) : row
            },
            change: change, faults: faults, repeatedShare: 0.004)
    }

    private static let acts: [(act: String, law: String, mark: String)] = [
        ("销售不符合食品安全标准的食品", "《中华人民共和国食品安全法》第一百二十四条", "市监"),
        ("发布虚假广告", "《中华人民共和国广告法》第五十五条", "市监"),
        ("未按规定公示年度报告", "《企业信息公示暂行条例》第十七条", "市监"),
        ("超标排放水污染物", "《中华人民共和国水污染防治法》第八十三条", "环"),
        ("未取得施工许可证擅自施工", "《建设工程质量管理条例》第五十七条", "住建"),
        ("未对从业人员进行安全生产教育和培训", "《中华人民共和国安全生产法》第九十七条", "应急"),
        ("占用道路堆放物料", "《城市道路管理条例》第四十二条", "城管"),
    ]

    private static func make(serial: Int, subject: Subject, _ chance: inout SplitMix64) -> Row {
        let act = chance.pick(acts)
        let authority = Authority.named(act.mark)
        let decided = CivilDate.random(2021...2025, &chance)
        let fine = chance.pick(["0.2", "0.5", "1", "2", "3.5", "5", "10", "0.05", "20", "0"])
        let number = "望\(act.mark)罚〔\(decided.year)〕\(serial + 1)号"
        return Row(
            serial: serial,
            [
                ("CF_XDR_MC", .text(subject.nameElsewhere(&chance))),
                ("CF_XDR_LB", "法人及非法人组织"),
                ("CF_XDR_SHXYM", .text(subject.code)),
                ("CF_XDR_ZZJG", .text(Identifiers.organisation(in: subject.code))),
                ("CF_XDR_GSZC", ""), ("CF_XDR_SWDJ", ""), ("CF_XDR_SYDW", ""), ("CF_XDR_SHZZ", ""),
                ("CF_XDR_ZJLX", ""), ("CF_XDR_ZJHM", ""),
                ("CF_FRDB", .text(subject.representative)),
                ("CF_FR_ZJLX", "身份证"), ("CF_FR_ZJHM", .text(Identifiers.representative(&chance))),
                ("CF_WSH", .text(number)),
                ("CF_WFXW", .text(act.act)),
                ("CF_SY", .text("当事人" + act.act + "，事实清楚，证据确凿")),
                ("CF_YJ", .text(act.law)),
                ("CF_CFLB", fine == "0" ? "警告" : "罚款"),
                ("CF_NR", .text(fine == "0" ? "给予警告" : "处以罚款\(fine)万元")),
                ("CF_NR_FK", .text(fine)),
                ("CF_NR_WFFF", chance.chance(0.1) ? .text(chance.pick(["0.3", "1.2"])) : ""),
                ("CF_NR_ZKDX", chance.chance(0.02) ? .text("营业执照 \(subject.code)") : ""),
                ("CF_JDRQ", .text(decided.dashed)),
                ("CF_YXQ", .text(decided.adding(years: 5).dashed)),
                ("CF_GSJZQ", .text(decided.adding(years: chance.number(1...3)).dashed)),
                ("CF_CFJG", .text(authority.name)),
                ("CF_CFJGDM", .text(authority.code)),
                ("CF_SJLY", .text(authority.name)),
                ("CF_SJLYDM", .text(authority.code)),
                ("BZ", ""),
            ])
    }

    /// A penalty is repaired (信用修复) or its publication ends earlier.
    private static func change(_ row: inout Row, _ chance: inout SplitMix64) {
        row["BZ"] = chance.pick(["已缴纳罚款", "已信用修复"])
        row["CF_GSJZQ"] = CivilDate.random(2026...2027, &chance).dashed
    }

    private static let faults: [RecordFault] = [
        .missing("CF_WSH", weight: 3, isFatal: true),
        .lowerCase("CF_XDR_SHXYM", weight: 10),
        .wrongCheck("CF_XDR_SHXYM", weight: 8, isFatal: false),
        .blank("CF_XDR_SHXYM", weight: 8),
        .dateStyle("CF_JDRQ", weight: 40),
        .one(of: ["20991231", "2099/12/31", "99991231", "长期"], in: "CF_GSJZQ", weight: 15),
        .one(of: ["00000000000000000X", "000000000000000000"], in: "CF_SJLYDM", weight: 6),
        .one(of: ["罚款;没收违法所得", "吊销许可证"], in: "CF_CFLB", weight: 8),
        .one(of: ["２", "0.20万元", "贰仟元整", "2000元"], in: "CF_NR_FK", weight: 12),
        .padded("CF_XDR_MC", weight: 15),
        .fullWidth("CF_CFJGDM", weight: 6),
        .missing("CF_YXQ", weight: 8),
    ]
}
