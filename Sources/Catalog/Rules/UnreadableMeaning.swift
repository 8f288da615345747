import Model
import Standards

extension Diagnostic.Rule {
    /// What a field says in the source's place is a value of its type.
    static let unreadableMeaning: Self = "unreadable-value"
}

extension EntryRule {
    /// A constant, and what `map` leads to, are read as if the source had sent them; codes are looked up elsewhere.
    static let unreadableMeaning = EntryRule { draft, _ in
        draft.noun.fields.flatMap { field -> [Diagnostic] in
            func mistake(_ text: String, _ path: [String]) -> Diagnostic {
                draft.mistake(
                    .unreadableMeaning, at: path, message: "`\(text)` is no \(field.type.rawValue)",
                    advice: "Write a value as the source might send it, for example `\(Meaning.example(of: field))`.")
            }
            var found = field.map.sorted { $0.key < $1.key }.filter { !Meaning.isReadable($0.value, as: field) }
                .map { mistake($0.value, ["fields", field.name, "map", $0.key]) }
            if case .constant(let text) = field.source, !Meaning.isReadable(text, as: field) {
                found.append(mistake(text, ["fields", field.name, "value"]))
            }
            return found
        }
    }
}

/// What an entry says in the place of a source.
private enum Meaning {
    /// Whether a text is a value of the field's type, or nothing.
    static func isReadable(_ text: String, as field: Field) -> Bool {
        let bytes = Array(text.utf8)
        let folded = FullWidth.fold(bytes.span)
        let value = Array(folded[Blank.trim(folded.span)])
        guard !value.isEmpty else { return true }
        return (try? read(value.span, as: field)) ?? false
    }

    private static func read(_ value: Span<UInt8>, as field: Field) throws -> Bool {
        var output: [UInt8] = []
        switch field.type {
        case .text, .code, .division, .point, .geometry: return true
        case .integer: _ = try ExactDecimal(reading: value).integer()
        case .decimal: _ = try ExactDecimal(reading: value)
        case .boolean: return Truth.read(value) != nil
        case .date, .datetime:
            if let format = field.format.flatMap({ TimeFormat($0) }) {
                _ = try format.read(value)
            } else {
                _ = try Moment(reading: value)
            }
        case .uscc: _ = try CreditCode.normalize(value, into: &output)
        case .citizenID: try CitizenID.normalize(value, into: &output)
        case .organisationCode: try OrganisationCode.normalize(value, into: &output)
        case .phone: try PhoneNumber.normalize(value, into: &output)
        case .url: try WebAddress.normalize(value, into: &output)
        case .certificateID: _ = try CertificateID.normalize(value, into: &output)
        case .certificateType: _ = try CertificateType.normalize(value, into: &output)
        case .realEstateUnit: try RealEstateUnit.normalize(value, into: &output)
        }
        return true
    }

    static func example(of field: Field) -> String {
        switch field.type {
        case .integer: "12"
        case .decimal: "1234.5"
        case .boolean: "true"
        case .date: field.format ?? "2021-05-20"
        case .datetime: field.format ?? "2021-05-20T10:15:00+08:00"
        case .uscc: "91430112MA4L000035"
        case .citizenID: "11010519491231002X"
        case .organisationCode: "600037341"
        case .phone: "0731-88887777"
        case .url: "https://example.gov.cn/"
        case .certificateID, .certificateType: "11100000MB0143028R001"
        case .realEstateUnit: "430112001002GB00001F00010001"
        case .text, .code, .division, .point, .geometry: ""
        }
    }
}
