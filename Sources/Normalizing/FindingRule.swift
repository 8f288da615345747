import Model

/// Every rule that a record can break while it is normalised; `docs/findings.md` says what a department does about each.
public enum FindingRule: String, Sendable, CaseIterable {
    case keyMissing = "key.missing"
    case requiredMissing = "required.missing"
    case structure = "value.structure"
    case controlCharacter = "text.control-character"
    case integerUnreadable = "integer.unreadable"
    case integerRange = "integer.range"
    case decimalUnreadable = "decimal.unreadable"
    case decimalRange = "decimal.range"
    case booleanUnreadable = "boolean.unreadable"
    case dateUnreadable = "date.unreadable"
    case dateImpossible = "date.impossible"
    case datetimeUnreadable = "datetime.unreadable"
    case datetimeImpossible = "datetime.impossible"
    case codeUnknown = "code.unknown"
    case codeAmbiguous = "code.ambiguous"
    case codeExpired = "code.expired"
    case usccLength = "uscc.length"
    case usccCharacters = "uscc.characters"
    case usccCheckDigit = "uscc.check-digit"
    case usccOrganisation = "uscc.organisation-code"
    case citizenLength = "citizen-id.length"
    case citizenCharacters = "citizen-id.characters"
    case citizenBirthDate = "citizen-id.birth-date"
    case citizenCheckDigit = "citizen-id.check-digit"
    case divisionForm = "division.form"
    case divisionUnknown = "division.unknown"
    case divisionExpired = "division.expired"
    case pointIncomplete = "point.incomplete"
    case pointUnreadable = "point.unreadable"
    case pointRange = "point.range"
    case geometryUnreadable = "geometry.unreadable"
    case geometryUnsupported = "geometry.unsupported"
    case geometryEmpty = "geometry.empty"
    case geometryTooShort = "geometry.too-short"
    case geometryRange = "geometry.range"
    case geometryOpenRing = "geometry.open-ring"
    case geometryUndeclaredReference = "geometry.undeclared-crs"
    case geometryUnknownReference = "geometry.unknown-crs"
    case geometryOtherReference = "geometry.other-crs"

    /// Whether the value is kept all the same.
    public var severity: Finding.Severity {
        switch self {
        case .codeExpired, .divisionExpired, .usccOrganisation, .geometryOpenRing,
            .geometryOtherReference:
            .warning
        default: .error
        }
    }

    /// What is wrong, and which standard says so. It never repeats the value.
    func message(_ field: Field) -> String {
        "\(field.title) (\(field.name)) " + complaint(field)
    }

    private func complaint(_ field: Field) -> String {
        switch self {
        case .keyMissing: "is part of the record's key and has no value that can be read."
        case .requiredMissing: "is required and has no value."
        case .structure: "is a nested document where a single value is expected."
        case .controlCharacter: "holds a control character (ISO 6429), which no text has."
        case .integerUnreadable: "is not a whole number\(unit(field))."
        case .integerRange: "is a whole number of more than 64 bits."
        case .decimalUnreadable:
            "is not a decimal number\(unit(field)); thousands separators stand before groups of three digits."
        case .decimalRange: "has more than 38 digits."
        case .booleanUnreadable: "is neither yes (true, 1, Y, 是, 有) nor no (false, 0, N, 否, 无)."
        case .dateUnreadable, .datetimeUnreadable: "is not a time written \(form(field))."
        case .dateImpossible, .datetimeImpossible:
            "is a day or time that the calendar or the clock does not have (GB/T 7408.1-2023 §4)."
        case .codeUnknown: "is in neither the field's map nor the code list\(list(field))."
        case .codeAmbiguous: "is the name of several codes of the list\(list(field)); send the code."
        case .codeExpired: "is a code that the list\(list(field)) has no longer"
        default: identifierComplaint(field)
        }
    }

    private func identifierComplaint(_ field: Field) -> String {
        switch self {
        case .usccLength: "does not have the 18 characters of a credit code (GB 32100-2015 §5)."
        case .usccCharacters:
            "has a character that credit codes do not have there: I, O, S, V, Z, or a letter in positions 3–8 (GB 32100-2015 §5)."
        case .usccCheckDigit: "has another check character than its first 17 give (GB 32100-2015, annex A)."
        case .usccOrganisation: "was kept, but its positions 9–17 are no organisation code (GB 11714-1997 §3)."
        case .citizenLength:
            "does not have the 18 (or, before 1999, 15) characters of a citizen number (GB 11643-1999 §4)."
        case .citizenCharacters: "has something else than digits, or X at the end (GB 11643-1999 §4)."
        case .citizenBirthDate: "has no day of the calendar in positions 7–14 (GB 11643-1999 §4)."
        case .citizenCheckDigit:
            "has another check character than its first 17 digits give (GB 11643-1999 §4, ISO 7064 MOD 11-2)."
        case .divisionForm: "is not a division code of 6, 9 or 12 digits (GB/T 2260, GB/T 10114)."
        case .divisionUnknown: "is not in the list\(list(field)) of divisions (GB/T 2260, GB/T 10114)."
        case .divisionExpired: "is a division that the list\(list(field)) has no longer"
        default: placeComplaint(field)
        }
    }

    private func placeComplaint(_ field: Field) -> String {
        let system = field.crs ?? "its reference system"
        return switch self {
        case .pointIncomplete: "has one coordinate of two."
        case .pointUnreadable: "is not a pair of numbers."
        case .pointRange:
            "is no place where \(system) is used: check the order of the columns, a zone prefix, and the reference system."
        case .geometryUnsupported:
            "is a kind of geometry that RFC 7946 §1.4 does not have, or has parts in several reference systems."
        case .geometryEmpty: "has no positions."
        case .geometryTooShort: "has a line of less than two positions, or a ring of less than four (RFC 7946 §3.1)."
        case .geometryRange:
            "reaches beyond where \(system) is used: check the order of the coordinates and the reference system."
        case .geometryOpenRing: "was kept, but a ring did not end where it began, and was closed (RFC 7946 §3.1.6)."
        case .geometryUndeclaredReference:
            "names no reference system, and the entry declares none: give the field its crs."
        case .geometryUnknownReference:
            "names a reference system that is in no register, or that is shifted (GCJ-02, BD-09)."
        case .geometryOtherReference:
            "was kept, but names another reference system than the entry's \(system); the name beside the value counts."
        default:
            "is neither GeoJSON (RFC 7946), GML (ISO 19136), Esri JSON nor well-known text (ISO 19125-1 §7)."
        }
    }

    private func unit(_ field: Field) -> String { field.unit.map { " in \($0.from)" } ?? "" }

    private func list(_ field: Field) -> String { field.list.map { " \($0)" } ?? "" }

    private func form(_ field: Field) -> String {
        field.format.map { "as \($0)" } ?? "in a form that is read (docs/types.md, GB/T 7408.1-2023)"
    }
}
