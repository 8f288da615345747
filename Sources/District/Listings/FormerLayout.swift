/// The columns of the double publicity before 2018 (双公示旧版), which some bureaus still send: fewer, and by other names.
///
/// The party is named by an organisation code too, and sometimes by that alone; days are written with slashes.
enum FormerLayout {
    /// The share of records that come so.
    static let share = 0.08

    static func licence(_ row: Row, _ chance: inout SplitMix64) -> Row {
        Row(
            serial: row.serial,
            [
                ("XK_WSH", text(row["XK_WSH"])), ("XK_XMMC", text(row["XK_XKWS"])), ("XK_SPLB", text(row["XK_XKLB"])),
                ("XK_NR", text(row["XK_NR"])), ("XK_XDR", text(row["XK_XDR_MC"])),
            ] + party("XK", row, &chance) + [
                ("XK_FR", text(row["XK_FRDB"])), ("XK_JDRQ", day(row["XK_JDRQ"])), ("XK_JZQ", day(row["XK_YXQZI"])),
                ("XK_XZJG", text(row["XK_XKJG"])), ("XK_ZT", "0"),
            ] + tail)
    }

    static func penalty(_ row: Row, _ chance: inout SplitMix64) -> Row {
        Row(
            serial: row.serial,
            [
                ("CF_WSH", text(row["CF_WSH"])), ("CF_CFMC", text(row["CF_WFXW"])), ("CF_CFLB1", text(row["CF_CFLB"])),
                ("CF_CFLB2", ""), ("CF_SY", text(row["CF_SY"])), ("CF_YJ", text(row["CF_YJ"])),
                ("CF_XDR", text(row["CF_XDR_MC"])),
            ] + party("CF", row, &chance) + [
                ("CF_FR", text(row["CF_FRDB"])), ("CF_JG", text(row["CF_NR"])), ("CF_JDRQ", day(row["CF_JDRQ"])),
                ("CF_JZQ", day(row["CF_YXQ"])), ("CF_GSJZQ", day(row["CF_GSJZQ"])),
                ("CF_XZJG", text(row["CF_CFJG"])), ("CF_ZT", "0"),
            ] + tail)
    }

    /// Five codes of the party, of which most stay empty.
    private static func party(_ prefix: String, _ row: Row, _ chance: inout SplitMix64) -> [(String, Row.Cell)] {
        let code = row[prefix + "_XDR_SHXYM"] ?? ""
        return [
            (prefix + "_XDR_SHXYM", chance.chance(0.85) ? .text(code) : ""),
            (prefix + "_XDR_ZDM", .text(Identifiers.organisation(in: code))),
            (prefix + "_XDR_GSDJ", ""), (prefix + "_XDR_SWDJ", ""), (prefix + "_XDR_SFZ", ""),
        ]
    }

    /// Where it comes from, when it was sent, a remark.
    private static let tail: [(String, Row.Cell)] = [("DFBM", "430112"), ("SJC", "2017/12/01"), ("BZ", "")]

    private static func text(_ value: String?) -> Row.Cell { .text(value ?? "") }

    private static func day(_ value: String?) -> Row.Cell { .text((value ?? "").replacing("-", with: "/")) }
}
