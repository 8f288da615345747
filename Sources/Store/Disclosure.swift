import Model

/// What a caller may see of a collection's fields.
///
/// The one place that decides: items, history, changes, filters, sorting and error texts all ask here. Until grants
/// exist there are two: everybody, and the owner of the file.
public struct Disclosure: Sendable, Codable, Hashable {
    public enum Treatment: Sendable {
        case plain, masked, absent
    }

    /// Withheld fields are absent, graded ones masked.
    public static let everybody = Disclosure(revealsAll: false)
    /// Everything, for the owner of the file at the command line.
    public static let owner = Disclosure(revealsAll: true)

    private let revealsAll: Bool

    private init(revealsAll: Bool) { self.revealsAll = revealsAll }

    public func treatment(of field: CollectionField) -> Treatment {
        if revealsAll { return .plain }
        if field.isWithheld { return .absent }
        return field.isMasked ? .masked : .plain
    }

    /// The fields that can be named in a filter or in sorting: comparing by a masked value would tell it.
    public func isComparable(_ field: CollectionField) -> Bool { treatment(of: field) == .plain }
}
