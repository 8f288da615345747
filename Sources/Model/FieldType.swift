/// What a field's values are: each type has a normal form, a check and a mask (`docs/types.md`).
public enum FieldType: String, Sendable, Codable, CaseIterable {
    case text, integer, decimal, boolean, date, datetime, code, uscc, division, point, geometry
    case citizenID = "citizen-id"
    case organisationCode = "org-code"
    case phone, url
    case certificateID = "certificate-id"
    case certificateType = "certificate-type"
    case realEstateUnit = "real-estate-unit"

    /// Whether values are places, kept as GeoJSON in CRS84 and found by `bbox`.
    public var isSpatial: Bool { self == .point || self == .geometry }

    /// Whether values compare as numbers.
    public var isNumeric: Bool { self == .integer || self == .decimal }
}
