import Model

extension Diagnostic.Rule {
    /// A field's type is one that is known.
    static let unknownType: Self = "unknown-type"
}

extension Reader {
    mutating func fieldType(_ item: Item?) -> FieldType? {
        guard let item, let text = text(item) else { return nil }
        if let type = FieldType(rawValue: text) { return type }
        report(
            .unknownType, at: item.place, "there is no type `\(text)`",
            advice: Names.advice(for: text, among: FieldType.allCases.map(\.rawValue), called: "type"))
        return nil
    }
}
