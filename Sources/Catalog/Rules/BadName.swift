extension Diagnostic.Rule {
    /// Names are ASCII, so that they can stand in addresses, files and columns.
    static let badName: Self = "bad-name"
}

extension Reader {
    /// Checks the name of an entry, subject, department, system, list or adapter.
    mutating func check(name: String, of what: String, at place: Place) {
        if Self.isName(name, joinedBy: "-") { return }
        report(
            .badName, at: place, "`\(name)` is no name of \(what)",
            advice: "Write lower-case letters, digits and hyphens, beginning with a letter, at most 63, "
                + "for example `enterprise-registration`.")
    }

    /// Checks the name of a field.
    mutating func check(fieldName name: String, at place: Place) {
        if ReservedName.all.contains(name) {
            report(reservedName: name, at: place)
        } else if !Self.isName(name, joinedBy: "_") {
            report(
                .badName, at: place, "`\(name)` is no name of a field",
                advice: "Write lower-case letters, digits and underscores, beginning with a letter, at most 63, "
                    + "for example `legal_rep`.")
        }
    }

    private static func isName(_ name: String, joinedBy joint: Character) -> Bool {
        guard let first = name.first, ("a"..."z").contains(first), name.count <= 63, name.last != joint else {
            return false
        }
        return name.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == joint }
    }
}
