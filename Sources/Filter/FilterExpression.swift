/// Which records are meant: a condition as a value, translated to SQL by the store that runs it.
///
/// Query parameters and the conditions of subjects become this; CQL2 text will too. Nobody else builds a query string.
public indirect enum FilterExpression: Sendable, Codable, Equatable {
    case compare(field: String, Comparison, Operand)
    case isNull(field: String)
    case not(FilterExpression)
    case and([FilterExpression])
    case or([FilterExpression])

    public enum Comparison: String, Sendable, Codable, CaseIterable {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    public enum Operand: Sendable, Codable, Equatable {
        /// A literal, compared as the field's type.
        case literal(String)
        /// The date in Asia/Shanghai when the expression is evaluated.
        case today
    }

    /// Every field that the expression reads, in order of appearance.
    public var fields: [String] {
        switch self {
        case .compare(let field, _, _), .isNull(let field): [field]
        case .not(let inner): inner.fields
        case .and(let parts), .or(let parts): parts.flatMap(\.fields)
        }
    }

    /// Whether the same records may match tomorrow and not today.
    public var dependsOnToday: Bool {
        switch self {
        case .compare(_, _, let operand): operand == .today
        case .isNull: false
        case .not(let inner): inner.dependsOnToday
        case .and(let parts), .or(let parts): parts.contains(where: \.dependsOnToday)
        }
    }
}
