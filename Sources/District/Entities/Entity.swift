/// One record of the generator, before it is written down: numbers and places in `EntityWords`.
struct Entity {
    let index: Int
    let isChanged: Bool
    let area: Int
    let brand: (Int, Int)
    let trade: Int
    let form: Int
    let person: (Int, Int, Int)
    let birth: CivilDate
    let order: Int
    let capital: Int
    let founded: CivilDate
    let term: Int
    let status: Int
    let road: Int
    let door: Int
    let room: Int
    let scopes: (Int, Int, Int)
    let phone: Int
    let staff: Int
    let touched: Int

    init(index: Int, isChanged: Bool, _ chance: inout SplitMix64) {
        func any(_ words: [[UInt8]]) -> Int { chance.number(0...words.count - 1) }
        self.index = index
        self.isChanged = isChanged
        area = any(EntityWords.areas)
        brand = (any(EntityWords.brands), any(EntityWords.brands))
        trade = any(EntityWords.trades)
        form = any(EntityWords.forms)
        person = (any(EntityWords.surnames), any(EntityWords.given), any(EntityWords.given))
        birth = .random(1950...2003, &chance)
        order = chance.number(1...999)
        capital = chance.number(300...5_000_000)
        founded = .random(1992...2024, &chance)
        term = chance.number(0...3)
        status = any(EntityWords.states)
        road = any(EntityWords.roads)
        door = chance.number(1...999)
        room = chance.number(101...2909)
        scopes = (any(EntityWords.scopes), any(EntityWords.scopes), any(EntityWords.scopes))
        phone = chance.number(0...99_999_999)
        staff = chance.number(1...4000)
        touched = chance.number(0...86_399)
    }
}

/// The words entities are made of, as bytes: a million records are written without a `String`.
enum EntityWords {
    static let areas = bytes([
        "430102", "430103", "430104", "430105", "430111", "430112", "430121", "430124", "430181", "430182",
    ])
    static let places = bytes([
        "长沙市芙蓉区", "长沙市天心区", "长沙市岳麓区", "长沙市开福区", "长沙市雨花区", "长沙市望城区", "长沙市长沙县", "长沙市宁乡市",
        "长沙市浏阳市", "长沙市经开区",
    ])
    static let brands = bytes(Words.brands)
    static let trades = bytes(Words.trades.map(\.name))
    static let industries = bytes(Words.trades.map(\.code))
    static let forms = bytes(["有限公司", "有限责任公司", "股份有限公司", "合伙企业（有限合伙）", "农民专业合作社"])
    static let formCodes = bytes(["1130", "1100", "1200", "4533", "9100"])
    static let surnames = bytes(Words.surnames)
    static let given = bytes(Words.maleNames + Words.femaleNames)
    static let states = bytes(["1", "1", "1", "1", "1", "1", "2", "3", "4", "6"])
    static let roads = bytes(Words.roads)
    static let scopes = bytes([
        "一般项目：技术服务、技术开发、技术咨询、技术转让；", "建筑材料销售；五金产品零售；", "食品销售（仅销售预包装食品）；", "货物进出口；国内贸易代理；",
        "会议及展览服务；广告设计、代理；", "农产品的生产、销售、加工、运输、贮藏；", "机械设备租赁；专用设备修理；", "信息系统集成服务；软件开发；",
        "物业管理；住房租赁；园林绿化工程施工；", "道路货物运输（不含危险货物）；", "劳务服务（不含劳务派遣）；人力资源服务；",
    ])

    private static func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }
}
