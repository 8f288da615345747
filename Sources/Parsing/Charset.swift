import Model

/// What is known of a body's charset beside the body itself.
///
/// The setting counts before the header, the header before a byte order mark, that before an XML declaration; UTF-8 is
/// what remains.
public struct CharsetHint: Sendable, Equatable {
    /// What the entry says, for a source that says it wrongly or not at all.
    public var setting: String?
    /// The `charset` parameter of the `Content-Type` header.
    public var header: String?

    public init(setting: String? = nil, header: String? = nil) {
        self.setting = setting
        self.header = header
    }
}

/// The charset a body is read in, and who said so.
struct Charset: Equatable {
    /// As iconv knows it.
    var name: String
    /// As it was given.
    let label: String
    let origin: Origin

    enum Origin: String {
        case setting = "the entry's charset"
        case header = "the Content-Type header"
        case mark = "the byte order mark"
        case zeros = "the pattern of zero bytes"
        case declaration = "the XML declaration"
        case standard = "nothing"
    }

    static let utf8 = Charset("UTF-8", from: .standard)

    init(_ label: String, from origin: Origin) {
        self.label = label
        self.origin = origin
        name = Self.spellings[label.lowercased()] ?? label.uppercased()
    }

    var isUTF8: Bool { name == "UTF-8" }

    /// Whether it is a name, and not something that iconv would take as an instruction.
    var isWellNamed: Bool {
        (1...40).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.:".unicodeScalars.contains($0))
            }
    }

    /// GB 18030 contains GBK, and GBK contains GB 2312: who says one of the smaller often sends the larger.
    private static let spellings = [
        "utf8": "UTF-8", "utf-8": "UTF-8", "unicode-1-1-utf-8": "UTF-8", "us-ascii": "UTF-8", "ascii": "UTF-8",
        "gb18030": "GB18030", "gbk": "GB18030", "x-gbk": "GB18030", "gb2312": "GB18030", "gb_2312-80": "GB18030",
        "cp936": "GB18030", "ms936": "GB18030", "windows-936": "GB18030", "euc-cn": "GB18030", "chinese": "GB18030",
        "latin1": "ISO-8859-1", "latin-1": "ISO-8859-1", "iso8859-1": "ISO-8859-1",
        "windows-1252": "CP1252", "cp1252": "CP1252",
        "big5": "BIG5-HKSCS", "big-5": "BIG5-HKSCS", "x-x-big5": "BIG5-HKSCS",
    ]
}
