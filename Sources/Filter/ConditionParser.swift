/// Reads the condition of a subject's count, such as `public_until >= today AND status = '1'`.
///
/// A conjunction of comparisons: field, operator (`=`, `<>`, `<`, `<=`, `>`, `>=`), then a text in single quotes (doubled
/// within), a number, `today`, `true` or `false`; or a field with `IS NULL` or `IS NOT NULL`. Words of the language may be
/// in either case. It is the part of CQL2 text that a count needs.
public struct ConditionParser {
    /// Why a text is no condition.
    public struct Invalid: Error, Sendable, Equatable {
        /// What is wrong, without a full stop.
        public let message: String
        /// What would be right, as a sentence.
        public let advice: String
    }

    /// Reads a condition.
    public static func parse(_ text: String) throws(Invalid) -> FilterExpression {
        var parser = ConditionParser(tokens: try tokens(of: text))
        var parts = [try parser.comparison()]
        while let token = parser.take() {
            guard token.isWord("and") else {
                throw parser.invalid("after a comparison comes `AND` or nothing, not `\(token.text)`")
            }
            parts.append(try parser.comparison())
        }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private var tokens: ArraySlice<Token>

    private init(tokens: [Token]) { self.tokens = tokens[...] }

    private mutating func take() -> Token? { tokens.popFirst() }

    private mutating func comparison() throws(Invalid) -> FilterExpression {
        guard let field = take(), field.kind == .word, !Self.reserved.contains(field.text.lowercased()) else {
            throw invalid("a comparison begins with the name of a field")
        }
        guard let sign = take() else { throw invalid("after `\(field.text)` comes an operator") }
        if sign.isWord("is") { return try null(field.text) }
        guard sign.kind == .sign, let comparison = FilterExpression.Comparison(rawValue: sign.text) else {
            throw invalid("`\(sign.text)` is no operator")
        }
        guard let operand = take(), operand.kind != .sign else {
            throw invalid("after `\(field.text) \(sign.text)` comes a value")
        }
        if operand.isWord("today") { return .compare(field: field.text, comparison, .today) }
        guard operand.kind != .word || operand.isWord("true") || operand.isWord("false") else {
            throw invalid("`\(operand.text)` is no value: a text stands in single quotes")
        }
        return .compare(field: field.text, comparison, .literal(operand.value))
    }

    private mutating func null(_ field: String) throws(Invalid) -> FilterExpression {
        var token = take()
        let isNegated = token?.isWord("not") == true
        if isNegated { token = take() }
        guard token?.isWord("null") == true else { throw invalid("after `IS` comes `NULL` or `NOT NULL`") }
        return isNegated ? .not(.isNull(field: field)) : .isNull(field: field)
    }

    private static let reserved = ["and", "or", "not", "is", "null", "today", "true", "false"]

    private func invalid(_ message: String) -> Invalid { Self.invalid(message) }

    private static func invalid(_ message: String) -> Invalid {
        Invalid(
            message: message,
            advice: "Write comparisons joined by AND, for example `public_until >= today AND status = '1'`.")
    }
}

extension ConditionParser {
    private struct Token {
        enum Kind { case word, text, number, sign }
        let kind: Kind
        let text: String

        func isWord(_ word: String) -> Bool { kind == .word && text.lowercased() == word }

        /// The literal that it stands for.
        var value: String { kind == .word ? text.lowercased() : text }
    }

    private static func tokens(of text: String) throws(Invalid) -> [Token] {
        var tokens: [Token] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "'" {
                tokens.append(Token(kind: .text, text: try quoted(&rest)))
            } else if "<>=!".contains(first) {
                let sign = rest.prefix { "<>=!".contains($0) }
                tokens.append(Token(kind: .sign, text: String(sign)))
                rest = rest.dropFirst(sign.count)
            } else if first.isASCII, first.isLetter || first.isNumber || "_-+.".contains(first) {
                let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_-+.:".contains($0)) }
                tokens.append(Token(kind: first.isLetter || first == "_" ? .word : .number, text: String(word)))
                rest = rest.dropFirst(word.count)
            } else {
                throw invalid("`\(first)` has no meaning here")
            }
        }
        return tokens
    }

    private static func quoted(_ rest: inout Substring) throws(Invalid) -> String {
        var value = ""
        rest.removeFirst()
        while let character = rest.popFirst() {
            if character != "'" {
                value.append(character)
            } else if rest.first == "'" {
                value.append("'")
                rest.removeFirst()
            } else {
                return value
            }
        }
        throw invalid("a text in single quotes does not end")
    }
}
