extension SourcePath {
    /// The steps of a JSON Pointer (RFC 6901), with `/` alone for the document itself.
    static func pointerSteps(_ text: String) throws(Invalid) -> [Step] {
        if text == "/" { return [] }
        var scan = PathScan(text)
        var steps: [Step] = []
        while scan.take("/") {
            let start = scan.column
            let token = scan.takeWhile { $0 != "/" }
            guard let name = unescaped(pointerToken: token) else {
                throw Invalid(
                    message: "in a JSON Pointer `~` is written `~0` and `/` within a name `~1`", column: start)
            }
            if let index = arrayIndex(token) {
                steps.append(.memberOrIndex(name, index))
            } else {
                steps.append(.member(name))
            }
        }
        return steps
    }

    /// The steps of a JSONPath: names after dots, names in quotes and indexes in brackets.
    static func memberSteps(_ text: String) throws(Invalid) -> [Step] {
        var scan = PathScan(text)
        let hasRoot = text == "$" || text.hasPrefix("$.") || text.hasPrefix("$[")
        if hasRoot { _ = scan.take("$") }
        var steps: [Step] = []
        var needsDot = hasRoot
        while !scan.isAtEnd {
            if scan.take("[") {
                steps.append(try bracketStep(&scan))
            } else {
                if needsDot && !scan.take(".") {
                    throw Invalid(message: "after a step comes `.name`, `['name']` or `[0]`", column: scan.column)
                }
                steps.append(try dottedStep(&scan))
            }
            needsDot = true
        }
        return steps
    }

    private static func dottedStep(_ scan: inout PathScan) throws(Invalid) -> Step {
        let start = scan.column
        let name = scan.takeWhile { $0 != "." && $0 != "[" && $0 != "]" }
        if name.isEmpty && scan.peek == "." {
            throw Invalid(message: "`..` is not followed: name every step from the record on", column: start)
        }
        if name.isEmpty { throw Invalid(message: "a name is missing", column: start) }
        if name == "*" { throw Invalid(message: "`*` is not followed: name the member", column: start) }
        return .member(name)
    }

    private static func bracketStep(_ scan: inout PathScan) throws(Invalid) -> Step {
        let start = scan.column
        let step: Step
        if scan.take("?") {
            step = try filterStep(&scan)
        } else if let quote = scan.peek, quote == "'" || quote == "\"" {
            step = .member(try scan.takeQuoted())
        } else {
            let token = scan.takeWhile { $0 != "]" }
            guard let index = arrayIndex(token) else {
                throw Invalid(
                    message: "in brackets stands an index counted from 0, or a name in quotes", column: start)
            }
            step = .index(index)
        }
        guard scan.take("]") else { throw Invalid(message: "`]` is missing", column: scan.column) }
        return step
    }

    /// `?@.rel=='next'`, with or without parentheses (RFC 9535, section 2.3.5).
    private static func filterStep(_ scan: inout PathScan) throws(Invalid) -> Step {
        let start = scan.column - 1
        let isInParentheses = scan.take("(")
        guard scan.take("@"), scan.take(".") else {
            throw Invalid(message: "a filter is written [?(@.member=='value')]", column: start)
        }
        let member = scan.takeWhile { $0 != "=" && $0 != " " && $0 != "]" && $0 != ")" }
        _ = scan.takeWhile { $0 == " " }
        guard !member.isEmpty, scan.take("="), scan.take("=") else {
            throw Invalid(message: "a filter is written [?(@.member=='value')]", column: start)
        }
        _ = scan.takeWhile { $0 == " " }
        let value = try scan.takeQuoted()
        if isInParentheses, !scan.take(")") { throw Invalid(message: "`)` is missing", column: scan.column) }
        return .first(where: member, is: value)
    }

    private static func unescaped(pointerToken token: String) -> String? {
        guard token.contains("~") else { return token }
        var name = ""
        var rest = token[...]
        while let character = rest.popFirst() {
            guard character == "~" else {
                name.append(character)
                continue
            }
            switch rest.popFirst() {
            case "0": name.append("~")
            case "1": name.append("/")
            default: return nil
            }
        }
        return name
    }

    /// The index that digits without leading zero stand for (RFC 6901 §4).
    private static func arrayIndex(_ token: String) -> Int? {
        guard !token.isEmpty, token.utf8.count <= 9, token.utf8.allSatisfy({ (48...57).contains($0) }),
            token == "0" || !token.hasPrefix("0")
        else { return nil }
        return Int(token)
    }
}
