import Model

extension Diagnostic.Rule {
    /// Coordinates say which reference system they are in.
    static let placeHasSystem: Self = "crs-missing"
}

extension EntryRule {
    /// Undeclared coordinates in China may be off by half a kilometre (GCJ-02), so none are guessed. Two columns can say
    /// nothing of their system; a geometry may name it, and is a finding where it does not.
    static let placeHasSystem = EntryRule { draft, _ in
        draft.noun.fields.compactMap { field in
            guard field.type.isSpatial, field.crs == nil, case .coordinates = field.source else { return nil }
            return draft.mistake(
                .placeHasSystem, atKey: "fields", field.name,
                message: "`\(field.name)` is a \(field.type.rawValue) without a reference system",
                advice:
                    "Write `crs: EPSG:4547`, or whichever its coordinates are in; longitude and latitude of CGCS2000 "
                    + "are `EPSG:4490`.")
        }
    }
}
