import Model

/// What each rule says of a value that broke it.
extension FindingRule {
    /// What is wrong, and which standard says so. It never repeats the value.
    ///
    /// - Parameter list: the code list of the field, where it has one.
    func message(_ field: Field, of list: CodeList? = nil) -> String {
        "\(field.title) (\(field.name)) " + complaint(field, list)
    }

    private func complaint(_ field: Field, _ list: CodeList?) -> String {
        switch self {
        case .keyMissing: "is part of the record's key and has no value that can be read."
        case .requiredMissing: "is required and has no value."
        case .structure: "is a nested document where a single value is expected."
        case .broken: "stands in a row of another length than the header, or in a wrapped document that cannot be read."
        case .filler:
            "is one character over and over: what is typed where there is no number, and belongs under the field's absent."
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
            "is not a decimal number\(unit(field)): digits and a point, separators before groups of three, no unit or sign of a currency."
        case .decimalRange: "has more than 38 digits."
        case .booleanUnreadable: "is neither yes (true, 1, Y, 是, 有) nor no (false, 0, N, 否, 无)."
        case .dateUnreadable, .datetimeUnreadable: "is not a time written \(form(field))"
        case .dateImpossible, .datetimeImpossible:
            "is a day or time that the calendar or the clock does not have (GB/T 7408.1-2023 §4.2)."
        default: codeComplaint(field, list)
        }
    }

    private func codeComplaint(_ field: Field, _ list: CodeList?) -> String {
        let name = name(of: list, field)
        return switch self {
        case .codeUnknown: "is in neither the field's map nor the code list\(name)\(choice(list))."
        case .codeAmbiguous: "is the name of several codes of the list\(name); send the code."
        case .codeExpired: "is a code that the list\(name) has no longer"
        case .codeEarly: "was kept, but is a code that the list\(name) does not have yet."
        case .divisionForm: "is not a division code of 2, 4, 6, 9 or 12 digits (GB/T 2260-2007 §4, GB/T 10114-2003 §4)."
        case .divisionUnknown: "is no division of the list\(name)."
        case .divisionExpired: "is a division that the list\(name) has no longer"
        case .divisionEarly: "was kept, but is a division that the list\(name) does not have yet."
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
            "was kept, but the list\(field.list.map { " \($0)" } ?? "") never had the area of its first 6 digits (GB 11643-1999 §4, GB/T 2260)."
        case .citizenBirthYear:
            "was kept, but its birth is still to come, or the area of its first 6 digits was not in use that year (GB 11643-1999 §4)."
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
        case .certificateTypeLength:
            "does not have the 21 characters of a type of certificate: the definer's credit code and 3 digits (GB/T 36903-2018)."
        case .certificateTypeCharacters:
            "does not end in 3 digits, or has a character before them that no credit code has (GB/T 36903-2018, GB 32100-2015 §5)."
        case .certificateTypeDefiner:
            "was kept, but its definer's credit code has another check character than its first 17 give (GB 32100-2015, annex A)."
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

    /// How many codes a message may name.
    private static let namedCodes = 12

    /// The list's name, title and standard, as far as they are known.
    private func name(of list: CodeList?, _ field: Field) -> String {
        guard let name = field.list else { return "" }
        let about = [list?.title, list?.standard].compactMap { $0 }
        return " \(name)" + (about.isEmpty ? "" : " (\(about.joined(separator: ", ")))")
    }

    /// The codes of a short list: one of them is meant.
    private func choice(_ list: CodeList?) -> String {
        guard let codes = list?.codes, !codes.isEmpty, codes.count <= Self.namedCodes else { return "" }
        return ", which has " + codes.map { "\($0.code) \($0.title)" }.joined(separator: ", ")
    }

    private func form(_ field: Field) -> String {
        if let format = field.format { return "as \(format)." }
        let example = self == .dateUnreadable ? "2021-05-20" : "2021-05-20T10:15:00+08:00"
        return "in a form that is read, such as \(example) or 2021年5月20日 (GB/T 7408.1-2023 §5): "
            + "another needs its format in the entry."
    }
}
