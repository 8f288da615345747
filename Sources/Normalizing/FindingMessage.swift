import Model

/// What each rule says of a value that broke it.
extension FindingRule {
    /// What is wrong, and which standard says so. It never repeats the value.
    func message(_ field: Field) -> String {
        "\(field.title) (\(field.name)) " + complaint(field)
    }

    private func complaint(_ field: Field) -> String {
        switch self {
        case .keyMissing: "is part of the record's key and has no value that can be read."
        case .requiredMissing: "is required and has no value."
        case .structure: "is a nested document where a single value is expected."
        case .broken: "stands in a row of another length than the header, or in a wrapped document that cannot be read."
        case .controlCharacter: "holds a control character (ISO 6429), which no text has."
        case .replacementCharacter:
            "was kept, but holds U+FFFD: a character was lost before it came here, most often by a wrong charset."
        case .privateUse:
            "was kept, but holds a private character (造字) for which GB 18030-2022 has no other: only its maker can show it."
        case .invisibleCharacter:
            "was kept, but holds a character without width, or one that turns the direction of writing (Unicode UAX 9)."
        case .integerUnreadable: "is not a whole number\(unit(field))."
        case .integerRange: "is a whole number of more than 64 bits."
        case .decimalUnreadable:
            "is not a decimal number\(unit(field)); thousands separators stand before groups of three digits."
        case .decimalRange: "has more than 38 digits."
        case .booleanUnreadable: "is neither yes (true, 1, Y, 是, 有) nor no (false, 0, N, 否, 无)."
        case .dateUnreadable, .datetimeUnreadable: "is not a time written \(form(field))."
        case .dateImpossible, .datetimeImpossible:
            "is a day or time that the calendar or the clock does not have (GB/T 7408.1-2023 §4)."
        default: codeComplaint(field)
        }
    }

    private func codeComplaint(_ field: Field) -> String {
        switch self {
        case .codeUnknown: "is in neither the field's map nor the code list\(list(field))."
        case .codeAmbiguous: "is the name of several codes of the list\(list(field)); send the code."
        case .codeExpired: "is a code that the list\(list(field)) has no longer"
        case .divisionForm: "is not a division code of 2, 4, 6, 9 or 12 digits (GB/T 2260, GB/T 10114)."
        case .divisionUnknown: "is not in the list\(list(field)) of divisions (GB/T 2260, GB/T 10114)."
        case .divisionExpired: "is a division that the list\(list(field)) has no longer"
        default: identifierComplaint(field)
        }
    }

    private func identifierComplaint(_ field: Field) -> String {
        switch self {
        case .usccLength: "does not have the 18 characters of a credit code (GB 32100-2015 §5)."
        case .usccCharacters:
            "has a character that credit codes do not have there: I, O, S, V, Z, or a letter in positions 3–8 (GB 32100-2015 §5)."
        case .usccCheckDigit: "has another check character than its first 17 give (GB 32100-2015, annex A)."
        case .usccOrganisation: "was kept, but its positions 9–17 are no organisation code (GB 11714-1997 §2)."
        case .citizenLength:
            "does not have the 18 (or, before 1999, 15) characters of a citizen number (GB 11643-1999 §4)."
        case .citizenCharacters: "has something else than digits, or X at the end (GB 11643-1999 §4)."
        case .citizenBirthDate: "has no day of the calendar in positions 7–14 (GB 11643-1999 §4)."
        case .citizenCheckDigit:
            "has another check character than its first 17 digits give (GB 11643-1999 §4, ISO 7064 MOD 11-2)."
        case .citizenArea:
            "was kept, but the list\(list(field)) never had the area of its first 6 digits (GB 11643-1999 §4, GB/T 2260)."
        case .organisationLength:
            "does not have the 9 characters of an organisation code, with or without a hyphen before the last (GB 11714-1997 §2)."
        case .organisationCharacters: "has a character that is neither digit nor letter (GB 11714-1997 §2.1)."
        case .organisationCheckDigit: "has another check character than its first 8 give (GB 11714-1997 §2.1.2)."
        default: otherIdentifierComplaint(field)
        }
    }

    private func otherIdentifierComplaint(_ field: Field) -> String {
        switch self {
        case .phoneUnreadable:
            "is not one telephone number of the mainland (电信网编号计划, 2017), or of abroad with + and its country (ITU-T E.164)."
        case .urlUnreadable: "is not an absolute address (RFC 3986 §4.3, RFC 3987 §2.2)."
        case .urlScheme: "is an address of another kind than http, https and ftp (RFC 3986 §3.1)."
        case .urlCredentials:
            "is an address with a user or password in it (RFC 3986 §3.2.1), which is not to be passed on."
        case .certificateForm:
            "is not 1.2.156.3005.2, type (21), issuer, serial, version (3 digits) and check, parted by points (GB/T 36904-2018)."
        case .certificateCheckDigit:
            "was kept, but has another check character than the rest gives (GB/T 36904-2018; ISO/IEC 7064 MOD 37,36)."
        case .realEstateLength:
            "does not have the 28 characters of a unit, or the 19 of a parcel (GB/T 37346-2019 §8.1)."
        case .realEstateDigits: "has something else than digits where its numbers stand (GB/T 37346-2019 §8.1)."
        case .realEstateParcel:
            "has no kind of parcel (G, J or Z, and a letter) in positions 13–14 (GB/T 37346-2019 §8.2)."
        case .realEstateFixture:
            "has none of F, L, Q, or W with zeros after it, from position 20 on (GB/T 37346-2019 §8.2)."
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
