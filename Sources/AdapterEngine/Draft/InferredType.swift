import Model
import Standards

/// Guesses what a column's values are, from all that were sampled; a few dirty ones do not change what the rest are.
enum InferredType {
    /// Of ten values, how many have to agree.
    private static let share = 0.9

    static func type(of column: SampleColumn, format: SourceFormat) -> FieldType {
        if !column.geometries.isEmpty { return geometry(column.geometries) }
        let values = column.present
        guard !values.isEmpty else { return .text }
        let sourceName = column.path.last ?? ""
        let name = sourceName.lowercased()
        func most(_ test: (Sample.Value) -> Bool) -> Bool {
            Double(values.count { test($0) }) >= Double(values.count) * share
        }
        if most({ isCitizenID($0.text) }) { return .citizenID }
        if most({ isCreditCode($0.text) }) { return .uscc }
        for type in IdentifierKind.types where most({ IdentifierKind.is($0.text, type) }) {
            if IdentifierKind.isCertain(type, values.map(\.text), named: name) { return type }
        }
        if most({ isDivision($0.text, named: sourceName) }) { return .division }
        if most({ time($0.text) == .date }) { return .date }
        if most({ time($0.text) != nil }) { return .datetime }
        if most({ $0.kind == .flag || (format != .json && ["true", "false"].contains($0.text)) }) { return .boolean }
        // Digits in a JSON text are an identifier: who means a number writes a number. XML and CSV have no such difference.
        let isNumber: (Sample.Value) -> Bool = { $0.kind == .number || (format != .json && isPlainNumber($0.text)) }
        // What identifies is no number, and neither is what leads to it from elsewhere.
        guard most(isNumber), !(isIdentifier(name) && column.isUnique), !isReference(sourceName) else { return .text }
        return most({ isNumber($0) && !$0.text.contains(where: { ".eE".contains($0) }) }) ? .integer : .decimal
    }

    /// Whether a name sounds like what identifies a record.
    static func isIdentifier(_ name: String) -> Bool {
        let words = FieldName.words(name)
        let known = [
            "id", "uuid", "guid", "code", "no", "number", "key", "fid", "objectid", "gid", "bh", "dm", "hm", "wsh",
            "bm",
        ]
        return words.contains { known.contains($0) }
            || ["编号", "编码", "代码", "号码", "标识", "文书号"].contains { name.contains($0) }
            || ["dm", "bh", "hm", "bm", "wsh", "id"].contains { words.count == 1 && name.hasSuffix($0) }
    }

    /// Whether a name sounds like an identifier of something else, which many records share.
    private static func isReference(_ name: String) -> Bool {
        let words = FieldName.words(name)
        let word = words.last ?? ""
        return ["id", "uuid", "guid"].contains(word) || word.hasSuffix("code")
            || ["dm", "bm", "bh"].contains { words.count == 1 && word.hasSuffix($0) }
            || ["编号", "编码", "代码", "号码", "标识"].contains { name.hasSuffix($0) }
    }

    private static func geometry(_ samples: [Sample]) -> FieldType {
        let isPoint = samples.allSatisfy { sample in
            guard case .value(let type)? = sample["type"] else { return false }
            return type.text == "Point"
        }
        return isPoint ? .point : .geometry
    }

    private static func isCitizenID(_ text: String) -> Bool {
        var output: [UInt8] = []
        return text.utf8.count == 18 && (try? CitizenID.normalize(Array(text.utf8).span, into: &output)) != nil
    }

    private static func isCreditCode(_ text: String) -> Bool {
        var output: [UInt8] = []
        return text.utf8.count == 18 && (try? CreditCode.normalize(Array(text.utf8).span, into: &output)) != nil
    }

    /// GB/T 2260 and its extension to towns and villages: 6, 9 or 12 digits that begin with a province, or the first 2 or 4
    /// of them. Such digits are postcodes and counts too, so they need a name that says what they are.
    private static func isDivision(_ text: String, named name: String) -> Bool {
        let provinces = [
            11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71...71, 81...82,
        ]
        guard [2, 4, 6, 9, 12].contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            let province = Int(text.prefix(2)), provinces.contains(where: { $0.contains(province) })
        else { return false }
        let small = name.lowercased()
        if ["qh", "xzq", "division", "adcode", "区划"].contains(where: { small.contains($0) }) { return true }
        let words = FieldName.words(name)
        if words.contains("province") || words.contains("city") { return true }
        // Areas and regions of 2 or 4 digits may be numbered by anybody.
        return text.utf8.count >= 6
            && ["area", "region", "district", "county", "town", "village"].contains { small.contains($0) }
    }

    private static func time(_ text: String) -> FieldType? {
        let bytes = Array(text.utf8)
        guard (8...40).contains(bytes.count), let moment = try? Moment(reading: bytes.span),
            (1800...2200).contains(moment.date.year) || moment.date == .longTerm
        else { return nil }
        let hasClock =
            text.contains(":") || text.contains("时")
            || (bytes.count >= 12 && bytes.allSatisfy { (48...57).contains($0) })
        return hasClock ? .datetime : .date
    }

    /// A number that loses nothing by being one: no leading zero, no more digits than are exact.
    private static func isPlainNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let halves = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count),
            halves.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return false }
        return halves[0].count <= 15 && (halves[0] == "0" || !halves[0].hasPrefix("0"))
    }
}
