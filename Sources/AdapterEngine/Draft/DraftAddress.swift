/// An address, taken apart into what a system and what an entry says of it.
struct DraftAddress {
    /// Scheme and host, for the system.
    var base: String
    /// The path, with what of the query is neither a page nor a secret.
    var path: String
    /// Names of query items that were left out because they may be secrets.
    var secrets: [String] = []
    /// Parameters of the adapter that the query's own names give away.
    var paging: [(name: String, value: String)] = []

    init(_ url: String) {
        let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
            .split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let start = parts[0].firstRange(of: "://")?.upperBound ?? parts[0].startIndex
        let slash = parts[0][start...].firstIndex(of: "/") ?? parts[0].endIndex
        // A user's name and password stand before `@`.
        let host = parts[0][start..<slash].split(separator: "@").last.map(String.init) ?? ""
        base = parts[0][..<start] + host
        path = slash == parts[0].endIndex ? "/" : String(parts[0][slash...])
        var kept: [String] = []
        for item in parts.count > 1 ? parts[1].split(separator: "&").map(String.init) : [] {
            let halves = item.split(separator: "=", maxSplits: 1).map(String.init)
            let name = halves.first ?? ""
            if Self.isSecret(name) {
                secrets.append(name)
            } else if !take(name, halves.count > 1 ? halves[1] : "") {
                kept.append(item)
            }
        }
        if !kept.isEmpty { path += "?" + kept.joined(separator: "&") }
    }

    /// A name for the entry: the path's last part that is a word.
    var entryName: String {
        let parts = path.prefix { $0 != "?" }.split(separator: "/").map { $0.prefix { $0 != "." } }
        let name = parts.last { !FieldName.words(String($0)).isEmpty }.map { FieldName.words(String($0)) } ?? []
        let joined = name.joined(separator: "-")
        guard let first = joined.first, first.isLetter else { return "dataset" }
        return String(joined.prefix(60))
    }

    private mutating func take(_ name: String, _ value: String) -> Bool {
        let plain = name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != "$" }
        guard let number = Int(value) else { return false }
        switch plain {
        case "page", "pageno", "pagenum", "pagenumber", "pageindex", "currentpage", "current":
            paging += [("paging", "page"), ("page_parameter", name)]
            if number == 0 { paging.append(("first_page", "0")) }
        case "offset", "startindex", "skip", "start":
            paging += [("paging", "offset"), ("offset_parameter", name)]
        case "size", "pagesize", "limit", "rows", "count", "perpage", "top":
            paging += [("size_parameter", name), ("page_size", value)]
        default: return false
        }
        return true
    }

    private static func isSecret(_ name: String) -> Bool {
        let plain = name.lowercased().filter { $0 != "_" && $0 != "-" }
        return ["password", "passwd", "pwd", "secret", "token", "key", "credential", "auth", "sign"]
            .contains { plain.contains($0) }
    }
}
