/// Enterprises as the market register has them (市场监管: 企业登记).
enum Enterprises {
    /// - Parameter shared: codes under which the register has collectives too, with names of its own.
    static func kind(shared: [Subject]) -> Kind {
        Kind(
            make: { serial, chance in
                var row = make(serial: serial, &chance)
                if serial < shared.count {
                    row["TYSHXYDM"] = shared[serial].code
                    row["QYMC"] = "长沙市望城区" + shared[serial].name
                    row["QYLX"] = "9100"
                }
                return row
            },
            change: change, faults: faults)
    }

    private static let forms: [(name: String, code: String)] = [
        ("有限公司", "1130"), ("有限公司", "1130"), ("有限公司", "1130"), ("有限责任公司", "1100"), ("股份有限公司", "1200"),
        ("合伙企业（有限合伙）", "4533"), ("农民专业合作社", "9100"),
    ]

    /// GB/T 12402-2000, by the form's code.
    private static let economicTypes = ["1130": "173", "1100": "159", "1200": "160", "4533": "172", "9100": "190"]

    private static func make(serial: Int, _ chance: inout SplitMix64) -> Row {
        let trade = chance.pick(Words.trades)
        let form = chance.pick(forms)
        let founded = CivilDate.random(1996...2025, &chance)
        let female = chance.chance(0.3)
        let capital = chance.pick(["10", "50", "100", "200", "500", "1000", "3000", "88.5", "120.75", "6.28"])
        let representative = Identifiers.citizen(
            area: chance.pick([Words.formerDistrict, "430102", "430104", "430121"]),
            birth: .random(1955...1999, &chance), order: chance.number(1...499) * 2 + (female ? 0 : 1))
        let state = chance.chance(0.88) ? "1" : chance.pick(["2", "3", "4", "6"])
        return Row(
            serial: serial,
            [
                ("TYSHXYDM", .text(code(serial: serial, form: form.code))),
                ("QYMC", .text(chance.pick(["长沙", "湖南", "长沙市望城区"]) + brand(&chance) + trade.name + form.name)),
                ("QYLX", .text(form.code)),
                ("FDDBR", .text(Words.person(female: female, &chance))),
                ("FDDBRZJH", .text(representative)),
                ("ZCZB", chance.chance(0.5) ? .text(capital) : .literal(capital)),
                ("BZ", chance.chance(0.98) ? "CNY" : .text(chance.pick(["USD", "HKD", "EUR"]))),
                ("CLRQ", .text(founded.dashed)),
                ("JYQXZ", chance.chance(0.5) ? "" : .text(founded.adding(years: chance.pick([20, 30, 50])).dashed)),
                ("JYFW", .text(trade.scope + "。（依法须经批准的项目，经相关部门批准后方可开展经营活动）")),
                ("ZS", .text(Words.address(in: chance.pick(Words.divisions), &chance))),
                ("QH", .text(chance.pick(Words.divisions).code)),
                ("HYDM", .text(trade.code)),
                ("DJJG", "长沙市望城区市场监督管理局"),
                ("JYZT", .text(state)),
                ("HZRQ", .text(founded.adding(years: chance.number(0...max(0, 2025 - founded.year))).dashed)),
                ("LXDH", .text(Words.mobile(&chance))),
            ] + registration(form: form.code, industry: trade.code, founded: founded, state: state, &chance))
    }

    /// What the register adds of its own: kinds by the national standards, the registrar, and how it ended.
    private static func registration(
        form: String, industry: String, founded: CivilDate, state: String, _ chance: inout SplitMix64
    ) -> [(String, Row.Cell)] {
        let ended = CivilDate(year: 2025, month: chance.number(1...12), day: chance.number(1...28)).dashed
        return [
            ("ZCH", founded.year < 2015 ? .text(formerNumber(&chance)) : ""),
            ("JYQXQ", .text(founded.dashed)),
            ("JJLX", .text(economicTypes[form] ?? "900")),
            ("HYML", .text(String(industry.prefix(1)))),
            ("HYDL", .text(String(industry.dropFirst().prefix(2)))),
            ("DJJGDM", .text(Authority.named("市监").code)),
            ("ZXRQ", ["3", "4"].contains(state) ? .text(ended) : ""),
            ("DXRQ", ["2", "3"].contains(state) ? .text(ended) : ""),
        ]
    }

    /// The registration number of before the credit code (注册号): the division, and nine digits.
    private static func formerNumber(_ chance: inout SplitMix64) -> String {
        Words.formerDistrict + Identifiers.padded(chance.number(1...999_999_999), 9)
    }

    private static func code(serial: Int, form: String) -> String {
        Identifiers.credit(
            prefix: form == "9100" ? "93" : "91", area: Words.district, organisation: "MA4",
            serial: serial &* 37 &+ 4111)
    }

    private static func brand(_ chance: inout SplitMix64) -> String {
        chance.pick(Words.brands) + chance.pick(Words.brands)
    }

    private static func change(_ row: inout Row, _ chance: inout SplitMix64) {
        switch chance.number(0...3) {
        case 0: row["ZCZB"] = chance.pick(["150", "260", "800", "2000"])
        case 1: row["JYZT"] = chance.pick(["1", "2", "4", "6"])
        case 2: row["ZS"] = Words.address(in: chance.pick(Words.divisions), &chance)
        default:
            row["FDDBR"] = Words.person(female: chance.chance(0.3), &chance)
            row["LXDH"] = Words.mobile(&chance)
        }
    }

    private static let faults: [RecordFault] = [
        .lowerCase("TYSHXYDM", weight: 10),
        .fullWidth("TYSHXYDM", weight: 10),
        .wrongCheck("TYSHXYDM", weight: 8, isFatal: true),
        .missing("TYSHXYDM", weight: 3, isFatal: true),
        .missing("QYMC", weight: 2, isFatal: true),
        .padded("QYMC", weight: 10),
        .lowerCaseX("FDDBRZJH", weight: 15),
        .fifteenDigits("FDDBRZJH", weight: 10),
        .wrongCheck("FDDBRZJH", weight: 10, isFatal: false),
        .one(of: ["1,000.00", "５００", "300万元", "300万"], in: "ZCZB", weight: 15),
        .one(of: ["面议", "--"], in: "ZCZB", weight: 4),
        .one(of: ["人民币", "156", "RMB"], in: "BZ", weight: 15),
        .dateStyle("CLRQ", weight: 25),
        .dateStyle("HZRQ", weight: 15),
        .one(of: ["99991231", "9999-12-31", "长期"], in: "JYQXZ", weight: 40),
        .one(of: ["在业", "存续", "A", "开业"], in: "JYZT", weight: 25),
        .one(of: ["X", "歇业备案"], in: "JYZT", weight: 4),
        .formerDivision("QH", weight: 15),
        .one(of: ["430199", "望城"], in: "QH", weight: 4),
        .one(of: ["Z9999", "0000"], in: "HYDM", weight: 6),
        .fullWidth("LXDH", weight: 10),
        .blank("DJJG", weight: 6),
    ]
}
