/// A queryable set of records: one per entry, one per subject (共享库表).
public struct Collection: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable {
        case entry, subject
    }

    public var name: String
    public var title: String
    public var titleEnglish: String?
    public var summary: String
    public var kind: Kind
    public var key: [String]
    public var fields: [CollectionField]

    public init(
        name: String, title: String, titleEnglish: String? = nil, summary: String = "", kind: Kind = .entry,
        key: [String], fields: [CollectionField]
    ) {
        self.name = name
        self.title = title
        self.titleEnglish = titleEnglish
        self.summary = summary
        self.kind = kind
        self.key = key
        self.fields = fields
    }

    /// The collection that an entry's records are served as.
    public init(_ entry: Entry) {
        self.init(
            name: entry.name, title: entry.title, titleEnglish: entry.titleEnglish, summary: entry.summary,
            key: entry.key, fields: entry.fields.map { CollectionField($0, isKey: entry.key.contains($0.name)) })
    }

    /// The collection that a subject is served as: a field has the type, grade and terms of its authority.
    ///
    /// - Throws: `catalogue.unknown-entry` where a source names an entry or field that is not there.
    public init(_ subject: Subject, entries: [String: Entry]) throws(Fault) {
        var fields: [CollectionField] = []
        for field in subject.fields {
            guard case .value(let sources) = field.rule, !sources.isEmpty else {
                fields.append(
                    CollectionField(
                        name: field.name, title: field.title, titleEnglish: field.titleEnglish, type: .integer,
                        isIndexed: field.isIndexed, grade: 1, isWithheld: false))
                continue
            }
            var known: [Field] = []
            for source in sources {
                guard let found = entries[source.entry]?.fields.first(where: { $0.name == source.field }) else {
                    throw Fault(
                        .unknownEntry,
                        "subject \(subject.name) reads \(source.entry).\(source.field), which is not there",
                        advice: "Register the entry first, or correct the subject's file.",
                        context: ["subject": subject.name, "field": field.name])
                }
                known.append(found)
            }
            fields.append(
                CollectionField(
                    name: field.name, title: field.title, titleEnglish: field.titleEnglish,
                    type: known[0].type, list: known[0].list,
                    isIndexed: field.isIndexed || field.name == subject.key,
                    grade: known.map(\.grade).max() ?? 1, isWithheld: known.contains(where: \.isWithheld)))
        }
        self.init(
            name: subject.name, title: subject.title, titleEnglish: subject.titleEnglish, summary: subject.summary,
            kind: .subject, key: [subject.key], fields: fields)
    }

    /// Whether the key itself is graded so high that ids must not show it.
    public var hasDigestedKey: Bool { fields.contains { key.contains($0.name) && ($0.isMasked || $0.isWithheld) } }

    public func index(of field: String) -> Int? { fields.firstIndex { $0.name == field } }
}

/// One field of a collection.
public struct CollectionField: Sendable, Codable, Equatable {
    public var name: String
    public var title: String
    public var titleEnglish: String?
    public var type: FieldType
    public var list: String?
    /// Sortable, and cheap to filter by; the key always is.
    public var isIndexed: Bool
    public var grade: Int
    public var isWithheld: Bool

    public init(
        name: String, title: String, titleEnglish: String? = nil, type: FieldType, list: String? = nil,
        isIndexed: Bool = false, grade: Int = 1, isWithheld: Bool = false
    ) {
        self.name = name
        self.title = title
        self.titleEnglish = titleEnglish
        self.type = type
        self.list = list
        self.isIndexed = isIndexed
        self.grade = grade
        self.isWithheld = isWithheld
    }

    init(_ field: Field, isKey: Bool) {
        self.init(
            name: field.name, title: field.title, titleEnglish: field.titleEnglish, type: field.type,
            list: field.list, isIndexed: field.isIndexed || isKey, grade: field.grade, isWithheld: field.isWithheld)
    }

    public var isMasked: Bool { grade >= Field.maskedGrade }
}
