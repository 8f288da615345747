/// The joined truth about a kind of thing across entries (基础库/主题库对象).
public struct Subject: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case base, subject
    }
    public var name: String
    public var title: String
    public var titleEnglish: String?
    public var summary: String
    public var kind: Kind
    /// The field that identifies a thing.
    public var key: String
    public var fields: [SubjectField]

    public init(
        name: String, title: String, titleEnglish: String? = nil, summary: String = "", kind: Kind = .base,
        key: String, fields: [SubjectField]
    ) {
        self.name = name
        self.title = title
        self.titleEnglish = titleEnglish
        self.summary = summary
        self.kind = kind
        self.key = key
        self.fields = fields
    }

    /// The entries that give values, in the order in which they are first named.
    public var valueEntries: [String] {
        var names: [String] = []
        for case .value(let sources) in fields.map(\.rule) {
            for source in sources where !names.contains(source.entry) { names.append(source.entry) }
        }
        return names
    }

    /// Every entry the subject reads: those that give values, then those that are only counted.
    public var entries: [String] {
        var names = valueEntries
        for case .count(let entry, _, _) in fields.map(\.rule) where !names.contains(entry) { names.append(entry) }
        return names
    }
}

/// One field of a subject: its authoritative source and fallbacks (一数一源), or a count of related records.
public struct SubjectField: Sendable, Codable, Equatable {
    public enum Rule: Sendable, Codable, Equatable {
        /// The first source that has a value gives it; a later one that disagrees is a finding.
        case value([SubjectSource])
        /// How many records of an entry name this thing in the field `by`, and satisfy the condition.
        case count(entry: String, by: String, condition: String?)
    }
    public var name: String
    public var title: String
    public var titleEnglish: String?
    public var rule: Rule
    public var isIndexed: Bool

    public init(name: String, title: String, titleEnglish: String? = nil, rule: Rule, isIndexed: Bool = false) {
        self.name = name
        self.title = title
        self.titleEnglish = titleEnglish
        self.rule = rule
        self.isIndexed = isIndexed
    }
}

/// A field of an entry, written `entry.field`.
public struct SubjectSource: Sendable, Codable, Equatable, Hashable, CustomStringConvertible {
    public var entry: String
    public var field: String

    public init(entry: String, field: String) {
        self.entry = entry
        self.field = field
    }

    public var description: String { "\(entry).\(field)" }
}
