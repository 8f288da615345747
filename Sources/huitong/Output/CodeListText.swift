import Model

/// Code lists as people read them.
enum CodeListText {
    static func table(_ lists: [CodeList]) -> String {
        if lists.isEmpty { return "the catalogue has no code lists" }
        var table = TextTable(["LIST", "TITLE", "CODES", "VALID FROM", "VALID TO", "STANDARD", "SOURCE"])
        for list in lists {
            table.append([
                list.name, list.title, String(list.codes.count), list.validFrom ?? "-", list.validTo ?? "-",
                list.standard ?? "-", list.source ?? "-",
            ])
        }
        return table.text
    }

    /// One list in full; sources of single codes only where they have their own.
    static func details(_ list: CodeList) -> String {
        let hasSources = list.codes.contains { $0.source != nil }
        var table = TextTable(
            ["CODE", "TITLE", "VALID FROM", "VALID TO", "SUCCESSOR"] + (hasSources ? ["SOURCE"] : []))
        for code in list.codes {
            table.append(
                [code.code, code.title, code.validFrom ?? "-", code.validTo ?? "-", code.successor ?? "-"]
                    + (hasSources ? [list.source(of: code) ?? "-"] : []))
        }
        return """
            \(list.name): \(list.title), \(list.codes.count) \(list.codes.count == 1 ? "code" : "codes")
            standard   \(list.standard ?? "-")
            source     \(list.source ?? "-")
            valid      \(list.validFrom ?? "ever") to \(list.validTo ?? "now")

            \(table.text)
            """
    }
}
