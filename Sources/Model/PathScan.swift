/// A place in the text of a path that is being read.
struct PathScan {
    private let characters: [Character]
    private var next = 0

    init(_ text: String) { characters = Array(text) }

    /// Counted from 1.
    var column: Int { next + 1 }
    var isAtEnd: Bool { next == characters.count }
    var peek: Character? { isAtEnd ? nil : characters[next] }
    var peekSecond: Character? { next + 1 < characters.count ? characters[next + 1] : nil }

    mutating func skip(_ count: Int) { next = min(next + count, characters.count) }

    mutating func take(_ character: Character) -> Bool {
        guard peek == character else { return false }
        next += 1
        return true
    }

    mutating func takeWhile(_ isWanted: (Character) -> Bool) -> String {
        let start = next
        while let character = peek, isWanted(character) { next += 1 }
        return String(characters[start..<next])
    }

    /// The text between quotes; a backslash takes the character after it as it is.
    mutating func takeQuoted() throws(SourcePath.Invalid) -> String {
        let start = column
        guard let quote = peek else { throw SourcePath.Invalid(message: "a quote is missing", column: start) }
        next += 1
        var text = ""
        while let character = peek {
            next += 1
            if character == quote { return text }
            if character == "\\", let escaped = peek {
                next += 1
                text.append(escaped)
            } else {
                text.append(character)
            }
        }
        throw SourcePath.Invalid(message: "the text in quotes does not end", column: start)
    }
}
