/// One column of an entry: where a value comes from, what it is and who may see it.
public struct Field: Sendable, Codable, Equatable {
    /// ASCII snake_case, unique in its entry; also the name consumers use.
    public var name: String
    public var title: String
    public var titleEnglish: String?
    public var source: FieldSource
    public var type: FieldType
    /// The code list that values of type `code` and `division` belong to.
    public var list: String?
    /// Source values and the codes they mean, tried on the trimmed value before the list itself.
    public var map: [String: String]
    /// Source values that mean "nothing here".
    public var absent: [String]
    /// How a date or datetime is written where the source is ambiguous, for example `MM/dd/yyyy`.
    public var format: String?
    /// A conversion of measures, for example 万元 to 元.
    public var unit: UnitConversion?
    /// The reference system of coordinates, for example `EPSG:4547`.
    public var crs: String?
    /// A record without this value is quarantined.
    public var isRequired: Bool
    /// Sortable, and cheap to filter by.
    public var isIndexed: Bool
    /// 数据分级, 1–5; from 3 on values are masked.
    public var grade: Int
    /// A withheld field is never served.
    public var isWithheld: Bool

    public init(
        name: String, title: String, titleEnglish: String? = nil, source: FieldSource, type: FieldType = .text,
        list: String? = nil, map: [String: String] = [:], absent: [String] = [], format: String? = nil,
        unit: UnitConversion? = nil, crs: String? = nil, isRequired: Bool = false, isIndexed: Bool = false,
        grade: Int = 1, isWithheld: Bool = false
    ) {
        self.name = name
        self.title = title
        self.titleEnglish = titleEnglish
        self.source = source
        self.type = type
        self.list = list
        self.map = map
        self.absent = absent
        self.format = format
        self.unit = unit
        self.crs = crs
        self.isRequired = isRequired
        self.isIndexed = isIndexed
        self.grade = grade
        self.isWithheld = isWithheld
    }

    /// From this grade on, values are masked unless a grant says otherwise.
    public static let maskedGrade = 3

    public var isMasked: Bool { grade >= Self.maskedGrade }
}

/// Where a field's value comes from.
public enum FieldSource: Sendable, Codable, Equatable {
    /// A path relative to the record: JSON path or XPath, by the adapter's format.
    case path(String)
    /// Several such paths, of which the first that has a value counts: sources that changed their fields' names.
    case alternatives([String])
    /// Two paths, the easting (or longitude) first.
    case coordinates(x: String, y: String)
    /// The same value for every record.
    case constant(String)

    /// The paths that have to be read from a record, in order.
    public var paths: [String] {
        switch self {
        case .path(let path): [path]
        case .alternatives(let paths): paths
        case .coordinates(let x, let y): [x, y]
        case .constant: []
        }
    }
}

/// A conversion between two measures of one quantity.
public struct UnitConversion: Sendable, Codable, Equatable {
    public var from: String
    public var to: String

    public init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}
