/// A bureau that fines or licenses, by the mark it has in document numbers.
struct Authority: Sendable {
    let mark: String
    let name: String
    let code: String

    private static let all = [
        ("市监", "市场监督管理局"), ("环", "生态环境分局"), ("住建", "住房和城乡建设局"), ("应急", "应急管理局"),
        ("城管", "城市管理和综合执法局"), ("交", "交通运输局"), ("卫", "卫生健康局"),
    ].enumerated().map { index, bureau in
        Authority(
            mark: bureau.0, name: "长沙市望城区" + bureau.1,
            code: Identifiers.credit(
                prefix: "11", area: Words.formerDistrict, organisation: "0061", serial: 1200 + index * 61))
    }

    static func named(_ mark: String) -> Authority { all.first { $0.mark == mark } ?? all[0] }
}
