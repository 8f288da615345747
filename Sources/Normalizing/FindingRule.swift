import Model

/// Every rule that a record can break while it is normalised; `docs/findings.md` says what a department does about each.
public enum FindingRule: String, Sendable, CaseIterable {
    case keyMissing = "key.missing"
    case requiredMissing = "required.missing"
    case structure = "value.structure"
    case broken = "value.broken"
    case filler = "value.filler"
    case controlCharacter = "text.control-character"
    case replacementCharacter = "text.replacement-character"
    case privateUse = "text.private-use"
    case invisibleCharacter = "text.invisible-character"
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
    case codeEarly = "code.not-yet-valid"
    case usccLength = "uscc.length"
    case usccCharacters = "uscc.characters"
    case usccCheckDigit = "uscc.check-digit"
    case usccOrganisation = "uscc.organisation-code"
    case citizenLength = "citizen-id.length"
    case citizenCharacters = "citizen-id.characters"
    case citizenBirthDate = "citizen-id.birth-date"
    case citizenCheckDigit = "citizen-id.check-digit"
    case citizenArea = "citizen-id.area"
    case citizenBirthYear = "citizen-id.birth-year"
    case organisationLength = "org-code.length"
    case organisationCharacters = "org-code.characters"
    case organisationCheckDigit = "org-code.check-digit"
    case phoneUnreadable = "phone.unreadable"
    case urlUnreadable = "url.unreadable"
    case urlScheme = "url.scheme"
    case urlCredentials = "url.credentials"
    case certificateForm = "certificate-id.form"
    case certificateCheckDigit = "certificate-id.check-digit"
    case certificateTypeLength = "certificate-type.length"
    case certificateTypeCharacters = "certificate-type.characters"
    case certificateTypeDefiner = "certificate-type.definer"
    case realEstateLength = "real-estate-unit.length"
    case realEstateDigits = "real-estate-unit.digits"
    case realEstateParcel = "real-estate-unit.parcel"
    case realEstateFixture = "real-estate-unit.fixture"
    case divisionForm = "division.form"
    case divisionUnknown = "division.unknown"
    case divisionExpired = "division.expired"
    case divisionEarly = "division.not-yet-valid"
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
        case .codeExpired, .codeEarly, .divisionExpired, .divisionEarly, .usccOrganisation, .geometryOpenRing,
            .geometryOtherReference, .citizenArea, .citizenBirthYear, .certificateCheckDigit, .certificateTypeDefiner,
            .replacementCharacter, .privateUse, .invisibleCharacter:
            .warning
        default: .error
        }
    }
}
