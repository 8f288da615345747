/// Names of fields in ASCII snake_case, made from a source's own names.
struct FieldName {
    private var taken: Set<String> = []

    /// What a query of a collection means something else by.
    private static let reserved: Set<String> = [
        "limit", "cursor", "filter", "properties", "sortby", "bbox", "crs", "datetime", "q", "f", "after",
    ]

    /// A name for a path: its last step's, with the step before where that is taken, or a number where it has no letters.
    mutating func make(_ path: [String]) -> String {
        var name = Self.snake(path.last ?? "")
        if taken.contains(name), path.count > 1 { name = Self.snake(path.suffix(2).joined(separator: " ")) }
        if name.isEmpty { name = "field_\(taken.count + 1)" }
        if Self.reserved.contains(name) { name = "record_\(name)" }
        var candidate = String(name.prefix(60))
        var number = 2
        while !taken.insert(candidate).inserted {
            candidate = "\(name.prefix(56))_\(number)"
            number += 1
        }
        return candidate
    }

    static func snake(_ name: String) -> String {
        let joined = words(name).joined(separator: "_")
        guard let first = joined.first else { return "" }
        return first.isLetter ? joined : "field_\(joined)"
    }

    /// Runs of ASCII letters and digits in lower case, parted where a capital follows a small letter.
    static func words(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasSmall = false
        for character in name {
            let isPart = character.isASCII && (character.isLetter || character.isNumber)
            if !isPart || (wasSmall && character.isUppercase) {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
            if isPart { word += character.lowercased() }
            wasSmall = isPart && !character.isUppercase
        }
        return word.isEmpty ? words : words + [word]
    }
}
