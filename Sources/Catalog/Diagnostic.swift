/// One mistake of a catalogue file: where it stands, what is wrong and what would be right.
public struct Diagnostic: Sendable, Equatable, Codable {
    /// The rule that was broken: a stable name, for scripts and for the documentation.
    public struct Rule: Sendable, Hashable, Codable, RawRepresentable, ExpressibleByStringLiteral {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        public init(stringLiteral value: String) { self.init(rawValue: value) }
    }

    /// The file's path as the loader was given it.
    public let file: String
    /// Counted from 1.
    public let line: Int
    /// Counted from 1, in Unicode scalars.
    public let column: Int
    public let rule: Rule
    /// What is wrong, without a full stop. Never repeats what may be a secret.
    public let message: String
    /// What would be right, as a sentence.
    public let advice: String

    public init(file: String, line: Int, column: Int, rule: Rule, message: String, advice: String) {
        self.file = file
        self.line = line
        self.column = column
        self.rule = rule
        self.message = message
        self.advice = advice
    }

    init(file: String, place: Place, rule: Rule, message: String, advice: String) {
        self.init(
            file: file, line: place.line, column: place.column, rule: rule, message: message, advice: advice)
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `file:line:column: message. advice [rule]`, which editors and terminals make clickable.
    public var description: String { "\(file):\(line):\(column): \(message). \(advice) [\(rule.rawValue)]" }
}

extension Diagnostic: Comparable {
    /// By file, then by place, so that a person can mend a file from top to bottom.
    public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        (left.file, left.line, left.column, left.rule.rawValue, left.message)
            < (right.file, right.line, right.column, right.rule.rawValue, right.message)
    }
}
