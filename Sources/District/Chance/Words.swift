/// What names, addresses and trades of the district are made of. Nobody and nothing here is real but the divisions.
enum Words {
    /// A street or town of Wangcheng (望城区) with the last six of its twelve digits.
    struct Division: Sendable {
        let tail: String
        let name: String
        let isTown: Bool

        /// Twelve digits of GB/T 2260 and GB/T 10114.
        var code: String { Words.district + tail }
    }

    static let district = "430112"
    /// The district's code until 2011, when it was a county.
    static let formerDistrict = "430122"

    static let divisions: [Division] = [
        ("001000", "高塘岭街道"), ("003000", "丁字湾街道"), ("005000", "大泽湖街道"), ("006000", "月亮岛街道"),
        ("007000", "白沙洲街道"), ("008000", "金山桥街道"), ("009000", "黄金园街道"), ("011000", "乌山街道"),
        ("012000", "铜官街道"), ("013000", "雷锋街道"), ("017000", "白马街道"), ("101000", "桥驿镇"),
        ("103000", "茶亭镇"), ("106000", "靖港镇"), ("107000", "乔口镇"), ("115000", "白箬铺镇"),
    ].map { Division(tail: $0.0, name: $0.1, isTown: $0.1.hasSuffix("镇")) }

    static let villages = [
        "彩陶源", "花实", "新康", "双桥", "石塘", "湘江", "杨桥", "金桥", "光明", "黄田", "古山", "荷叶", "柳林", "盘龙",
        "四合", "团头湖", "玫瑰园", "华城", "复兴", "芦江", "众兴", "西湖", "格塘", "静慎", "大龙", "九峰", "静远", "苏蓼",
    ]
    static let roads = [
        "望府路", "雷锋大道", "普瑞大道", "金星北路", "旺旺中路", "郭亮中路", "文源路", "银星路", "月亮岛路", "黄金大道",
        "潇湘北路", "腾飞路", "马桥河路", "同心路", "书堂路", "铜官大道",
    ]
    static let estates = ["润和苑", "湘江新城", "月湖家园", "书香苑", "金科世界", "绿洲城", "望湖小区", "江湾里", "青枫园", "桂花苑"]

    static let surnames = split("李王刘陈张周杨黄吴彭罗谭曾胡肖唐何邓朱谢袁易姚欧熊龙文贺郭蒋戴苏夏邹廖余")
    static let maleNames = split("伟强军勇建辉斌波磊涛志明国平鹏飞浩宇轩睿博文俊杰子涵海洋林峰")
    static let femaleNames = split("芳敏静丽娟艳玲燕红梅雪婷慧欣怡诗涵梦瑶雨桐佳琪淑英秀兰月娥")

    static let brands = split("湘麓岳望星沙江源泰和瑞丰宏远诚信鼎盛华恒锦程博雅天泽嘉禾云帆新科润达")
    static let trades: [(name: String, code: String, scope: String)] = [
        ("建筑工程", "E4790", "房屋建筑工程、市政工程的施工"), ("农业科技", "A0514", "农业技术推广；蔬菜、水果种植与销售"),
        ("食品", "C1499", "预包装食品的生产、销售"), ("物流", "G5431", "普通货物道路运输；仓储服务"),
        ("信息技术", "I6513", "软件开发；信息系统集成服务"), ("机械制造", "C3599", "专用设备的研发、制造、销售"),
        ("商贸", "F5299", "日用百货、五金交电的批发与零售"), ("餐饮管理", "H6210", "餐饮服务；餐饮企业管理"),
        ("文化传媒", "L7259", "广告的设计、制作、代理、发布"), ("环保科技", "N7729", "环境治理；环保设备的销售"),
        ("物业服务", "K7020", "物业管理；房屋租赁"), ("医疗器械", "C3581", "一、二类医疗器械的生产、销售"),
        ("陶瓷", "C3075", "陶瓷制品的制造、销售；陶艺培训"), ("人力资源", "L7263", "劳务派遣；职业中介服务"),
    ]

    /// The names of one division's villages, its own among all.
    static func village(_ chance: inout SplitMix64) -> String { chance.pick(villages) + "村" }

    static func person(female: Bool, _ chance: inout SplitMix64) -> String {
        let names = female ? femaleNames : maleNames
        let given = chance.chance(0.75) ? chance.pick(names) + chance.pick(names) : chance.pick(names)
        return chance.pick(surnames) + given
    }

    static func mobile(_ chance: inout SplitMix64) -> String {
        chance.pick(["138", "139", "150", "158", "177", "186", "189"])
            + Identifiers.padded(chance.number(0...99_999_999), 8)
    }

    /// 湖南省长沙市望城区…: a door on a road, or a house of a village.
    static func address(in division: Division, _ chance: inout SplitMix64) -> String {
        let place = "湖南省长沙市望城区" + division.name
        if division.isTown {
            return place + village(&chance) + "\(chance.number(1...28))组\(chance.number(1...120))号"
        }
        let door = place + chance.pick(roads) + "\(chance.number(1...699))号"
        guard chance.chance(0.6) else { return door }
        return door + chance.pick(estates) + "\(chance.number(1...32))栋\(chance.number(101...2604))室"
    }

    private static func split(_ characters: String) -> [String] { characters.map(String.init) }
}
