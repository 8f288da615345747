extension Diagnostic.Rule {
    /// A field's name is also a query parameter, so it is none of those that mean something else.
    static let reservedName: Self = "reserved-name"
}

/// The query parameters of `/collections/{id}/items` and `…/changes`.
enum ReservedName {
    static let all = [
        "limit", "cursor", "filter", "filter-lang", "properties", "sortby", "bbox", "bbox-crs", "crs", "datetime", "q",
        "as-of", "f", "after",
    ]
}

extension Reader {
    mutating func report(reservedName name: String, at place: Place) {
        report(
            .reservedName, at: place, "a field cannot be called `\(name)`: a query means something else by it",
            advice: "Say whose it is, for example `record_\(name.replacing("-", with: "_"))`.")
    }
}
