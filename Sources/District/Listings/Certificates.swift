/// Electronic licences of all departments (行政审批: 电子证照库), each with its identifier, its holder and its term.
enum Certificates {
    static func kind(organisations: [Subject], persons: [Citizen]) -> Kind {
        Kind(
            make: { serial, chance in
                let isPersonal = chance.chance(0.4)
                let form = chance.pick(isPersonal ? personal : corporate)
                let holder: Holder =
                    isPersonal ? .person(chance.pick(persons)) : .organisation(chance.pick(organisations))
                return make(serial: serial, form: form, holder: holder, &chance)
            },
            change: change, faults: faults)
    }

    /// A type of licence, and the mark of the bureau that issues it.
    private struct Form: Sendable {
        let title: String
        let mark: String
        /// GB/T 36904-2018: the credit code of the body that defines the type, and its number there.
        let code: String

        init(_ title: String, _ mark: String, definer: Int, number: Int) {
            self.title = title
            self.mark = mark
            code =
                Identifiers.credit(prefix: "11", area: "100000", organisation: "MB9", serial: 71 + definer * 13)
                + Identifiers.padded(number, 3)
        }
    }

    private static let corporate = [
        Form("营业执照", "市监", definer: 1, number: 1), Form("食品经营许可证", "市监", definer: 1, number: 14),
        Form("道路运输经营许可证", "交", definer: 2, number: 7), Form("建筑业企业资质证书", "住建", definer: 3, number: 2),
        Form("排污许可证", "环", definer: 4, number: 3), Form("公共场所卫生许可证", "卫", definer: 5, number: 9),
    ]
    private static let personal = [
        Form("道路运输从业人员从业资格证", "交", definer: 2, number: 21), Form("特种设备作业人员证", "市监", definer: 1, number: 30),
        Form("建筑施工特种作业操作资格证", "住建", definer: 3, number: 11), Form("护士执业证书", "卫", definer: 5, number: 4),
    ]

    private static func make(serial: Int, form: Form, holder: Holder, _ chance: inout SplitMix64) -> Row {
        let issuer = Authority.named(form.mark)
        let issued = CivilDate.random(2019...2025, &chance)
        let isValid = chance.chance(0.9)
        let years = chance.pick([3, 5, 5, 6, 10])
        return Row(
            serial: serial,
            [
                (
                    "IDENTIFIER",
                    .text(
                        Identifiers.certificate(
                            type: form.code, issuer: issuer.code,
                            serial: "\(issued.year)\(Identifiers.padded(serial + 1, 8))", version: chance.number(1...3))
                    )
                ),
                ("TYPE", .text(form.code)),
                ("NAME", .text(form.title)),
                ("NUMBER", .text("湘望\(form.mark)证\(issued.year)\(Identifiers.padded(serial + 1, 6))")),
                ("HOLDER", .text(holder.name)),
                ("HOLDER_CODE_TYPE", holder.citizenID == nil ? "001" : "111"),
                ("HOLDER_CREDIT_CODE", holder.creditCode.map { .text($0) } ?? .null),
                ("HOLDER_CITIZEN_ID", holder.citizenID.map { .text($0) } ?? .null),
                ("ISSUER", .text(issuer.name)),
                ("ISSUER_CODE", .text(issuer.code)),
                ("ISSUED", .text(issued.american)),
                ("EFFECTIVE", .text(issued.american)),
                ("EXPIRES", .text(form.title == "营业执照" ? "长期" : issued.adding(years: years).american)),
                ("STATUS", isValid ? "1" : "2"),
                ("REASON", isValid ? .null : .text(chance.pick(reasons))),
                ("SM3", .text(digest(&chance))),
            ])
    }

    private static let reasons = ["期满未延续", "依申请注销", "遗失补办", "吊销"]

    private static func digest(_ chance: inout SplitMix64) -> String {
        (0..<4).map { _ in
            let digits = String(chance.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// A licence is renewed, or ends before its time.
    private static func change(_ row: inout Row, _ chance: inout SplitMix64) {
        if chance.chance(0.6) {
            row["EXPIRES"] = CivilDate.random(2029...2036, &chance).american
        } else {
            row["STATUS"] = "2"
            row.set("REASON", .text(chance.pick(reasons)))
        }
    }

    private static let faults: [RecordFault] = [
        .missing("IDENTIFIER", weight: 3, isFatal: true),
        .wrongCheck("IDENTIFIER", weight: 12, isFatal: false),
        .lowerCase("IDENTIFIER", weight: 10),
        .lowerCase("HOLDER_CREDIT_CODE", weight: 8),
        .lowerCaseX("HOLDER_CITIZEN_ID", weight: 15),
        .padded("HOLDER", weight: 15),
        .fullWidth("NUMBER", weight: 8),
        .one(of: ["有效", "无效", "9"], in: "STATUS", weight: 12),
        // The system writes month before day; a few were typed in another way.
        .one(of: ["2027-06-30", "31/12/2027", "20280101"], in: "EXPIRES", weight: 12),
        .blank("SM3", weight: 6),
    ]
}
