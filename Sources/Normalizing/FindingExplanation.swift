/// What each rule says to officials: in Chinese, what is wrong with the value and what the department should do.
///
/// It depends on the rule alone, so that it can be shown beside findings that were made before; `docs/findings.md` says the
/// same in English.
extension FindingRule {
    /// One or two sentences, with the standard where one says so.
    public var explanation: String {
        switch self {
        case .keyMissing: "主键没有可读的值，无法确认是哪一条记录。请补齐主键后重新报送。"
        case .requiredMissing: "必填项没有值。请补齐；确无此项的，请与数据资源中心商定改为非必填。"
        case .structure: "此处应为单个值，实际为嵌套结构。请核对字段路径是否指向具体的值。"
        case .broken: "所在行的列数与表头不一致（RFC 4180），或包装的文档无法打开。请给含分隔符的值加引号，并核对 unwrap 与实际报送内容。"
        case .filler: "由同一个字符重复组成，是占位内容而不是号码。没有号码的请留空，或在目录条目的 absent 中列出该占位值。"
        case .controlCharacter: "文本含控制字符（ISO 6429），多由导入错误造成。请在源系统清理。"
        case .replacementCharacter: "已保留，但含 U+FFFD：传输前已有字符丢失，多因字符集不符。请核对源系统实际使用的与声明的字符集。"
        case .privateUse: "已保留，但含自造字（GB 18030-2022 无对应字符），他人无法显示。请在源系统换成公开编码的字符。"
        case .invisibleCharacter: "已保留，但含零宽字符或改变书写方向的字符（Unicode UAX 9）。请删除：看似相同的两个值其实不同。"
        default: numberExplanation
        }
    }

    private var numberExplanation: String {
        switch self {
        case .integerUnreadable: "不是整数。请只报送数字，计量单位写在目录条目中。"
        case .integerRange: "整数超出 64 位范围。请核对数值；标识号码应为 text 类型。"
        case .decimalUnreadable: "不是十进制数，或千位分隔符位置不对。请只报送数字和小数点，计量单位和货币符号写在目录条目中。"
        case .decimalRange: "超过 38 位数字。请核对数值。"
        case .booleanUnreadable: "既不是“是”也不是“否”。请在目录条目的 map 中说明该值的含义。"
        case .dateUnreadable: "日期写法无法识别。请写成 2021-05-20（GB/T 7408.1-2023），或在目录条目中用 format 说明写法。"
        case .dateImpossible: "日历上没有这一天（GB/T 7408.1-2023）。请更正；00000000 之类的占位值请列入 absent。"
        case .datetimeUnreadable: "时间写法无法识别。请写成 2021-05-20T10:15:00+08:00（GB/T 7408.1-2023），或在目录条目中用 format 说明写法。"
        case .datetimeImpossible: "日历或时钟上没有这个时刻（GB/T 7408.1-2023）。请更正。"
        case .codeUnknown: "既不在字段的 map 中，也不在代码表中。请报送代码表内的代码，或在目录条目的 map 中说明该值的含义。"
        case .codeAmbiguous: "代码表中有多个代码同名。请报送代码，不要报送名称。"
        case .codeExpired: "代码已停用；有唯一后继代码的已换成后继代码，其余按原值保留。请改报现行代码。"
        case .codeEarly: "已保留，但代码表规定该代码尚未启用。请核对启用日期。"
        case .divisionForm: "行政区划代码应为 2、4、6、9 或 12 位数字（GB/T 2260，GB/T 10114）。请报送代码，不要报送名称。"
        case .divisionUnknown: "不在行政区划代码表中。请报送表内的代码，或请数据资源中心补充代码表。"
        case .divisionExpired: "行政区划已撤销；有唯一后继的已换成后继代码，其余按原值保留。请改报现行代码。"
        case .divisionEarly: "已保留，但代码表规定该行政区划尚未启用。请核对启用日期。"
        default: identifierExplanation
        }
    }

    private var identifierExplanation: String {
        switch self {
        case .usccLength: "统一社会信用代码应为 18 位（GB 32100-2015 第5章）。请报送完整代码；注册号应为 text 类型。"
        case .usccCharacters: "含统一社会信用代码不使用的字符：I、O、S、V、Z，或第 3–8 位不是数字（GB 32100-2015 第5章）。常见的是把 0 写成 O、把 1 写成 I。"
        case .usccCheckDigit: "校验码与前 17 位不符（GB 32100-2015 附录A）。请对照证照更正，其中有字符写错。"
        case .usccOrganisation: "已保留，但第 9–17 位不是有效的组织机构代码（GB 11714-1997 第2章）。请对照证照核对。"
        case .citizenLength: "公民身份号码应为 18 位或 15 位（GB 11643-1999 第4章）。请报送完整号码；其他证件请用其他字段。"
        case .citizenCharacters: "含数字以外的字符，或末位不是数字或 X（GB 11643-1999 第4章）。请更正。"
        case .citizenBirthDate: "第 7–14 位不是日历上的日期（GB 11643-1999 第4章）。请更正。"
        case .citizenCheckDigit: "校验码与前 17 位不符（GB 11643-1999 第4章）。请对照证件更正，其中有数字写错。"
        case .citizenArea: "已保留，但代码表中从未有过前 6 位的行政区划（GB/T 2260）。请对照证件核对。"
        case .citizenBirthYear: "已保留，但出生日期晚于今天，或出生当年前 6 位的行政区划并未启用（GB 11643-1999 第4章）。请对照证件核对。"
        case .organisationLength: "组织机构代码应为 9 位，校验码前可有连字符（GB 11714-1997 第2章）。请报送完整代码；统一社会信用代码请用 uscc 类型。"
        case .organisationCharacters: "含数字和字母以外的字符（GB 11714-1997 2.1）。请更正。"
        case .organisationCheckDigit: "校验码与前 8 位不符（GB 11714-1997 2.1.2）。请对照证书更正。"
        default: otherIdentifierExplanation
        }
    }

    private var otherIdentifierExplanation: String {
        switch self {
        case .phoneUnreadable: "不是一个电话号码（电信网编号计划2017；境外号码以 + 和国家码开头，ITU-T E.164）。一个字段请只报送一个号码，固定电话带区号。"
        case .urlUnreadable: "不是完整的网址（RFC 3986 4.3）。请报送含 http:// 或 https:// 的完整网址。"
        case .urlScheme: "不是 http、https 或 ftp 网址（RFC 3986 3.1）。请报送他人可以打开的网址。"
        case .urlCredentials: "网址中含用户名或口令（RFC 3986 3.2.1）。请去掉，并更换口令。"
        case .certificateForm: "电子证照标识应由根标识、类型、颁发机构、流水号、版本、校验位组成，用点分隔（GB/T 36904-2018）。请报送电子证照标识，而不是证照编号。"
        case .certificateCheckDigit: "已保留，但校验位与其余各位不符（GB/T 36904-2018，ISO/IEC 7064 MOD 37,36）。请更正标识的生成程序。"
        case .certificateTypeLength: "证照类型代码应为 21 位：定义机构的统一社会信用代码 18 位加顺序码 3 位（GB/T 36903-2018）。请报送完整代码。"
        case .certificateTypeCharacters:
            "证照类型代码末 3 位不是数字，或前 18 位含统一社会信用代码不使用的字符（GB/T 36903-2018，GB 32100-2015 第5章）。请更正。"
        case .certificateTypeDefiner: "已保留，但定义机构的统一社会信用代码校验码不符（GB 32100-2015 附录A）。请对照国家证照类型目录核对。"
        case .realEstateLength: "不动产单元代码应为 28 位，宗地（宗海）代码应为 19 位（GB/T 37346-2019 8.1）。请报送完整代码；不动产权证号应为 text 类型。"
        case .realEstateDigits: "应为数字的位置含其他字符（GB/T 37346-2019 8.1）。常见的是把 0 写成 O。"
        case .realEstateParcel: "第 13–14 位不是宗地（宗海）特征码（GB/T 37346-2019 8.2）。请更正。"
        case .realEstateFixture: "第 20 位起不是 F、L、Q，也不是 W 加零（GB/T 37346-2019 8.2）。请更正。"
        default: placeExplanation
        }
    }

    private var placeExplanation: String {
        switch self {
        case .pointIncomplete: "两个坐标只有一个。请两个都报送，或都不报送。"
        case .pointUnreadable: "不是一对数字。请报送十进制坐标，东坐标（经度）在前。"
        case .pointRange: "坐标不在该坐标系的适用范围内。请核对两列的次序、东坐标前的带号（带号属 EPSG:4526，不属 EPSG:4547）和 crs。"
        case .geometryUnreadable:
            "不是 GeoJSON（RFC 7946）、GML（ISO 19136）、Esri JSON 或 WKT（ISO 19125-1），或内容已损坏。请核对导出方式和字段路径。"
        case .geometryUnsupported: "是 RFC 7946 没有的几何类型：曲线、外框、引用的成员，或各部分坐标系不同。请把曲线转成折线，把成员写出。"
        case .geometryEmpty: "几何没有坐标。没有几何的请报送 null。"
        case .geometryTooShort: "线少于两点，或环少于四点（RFC 7946 3.1）。请更正几何。"
        case .geometryRange: "有坐标不在该坐标系的适用范围内。请核对坐标次序、srsName 和 crs。"
        case .geometryOpenRing: "已保留，但环未闭合，已自动闭合（RFC 7946 3.1.6）。请在源系统闭合。"
        case .geometryUndeclaredReference: "值和目录条目都没有说明坐标系。请在坐标旁注明，或在目录条目中写 crs。"
        case .geometryUnknownReference: "注明的坐标系不在任何登记表中，或是经偏移的坐标（GCJ-02、BD-09）。请报送 EPSG 登记的坐标系，例如 CGCS2000。"
        case .geometryOtherReference: "已保留，但注明的坐标系与目录条目不同，以注明的为准。请按约定的坐标系报送，或更正目录条目的 crs。"
        default: ""
        }
    }
}
