/// A manifest's text, split at its `{{name}}` placeholders and its sections, `{{#name}}…{{/name}}` and
/// `{{^name}}…{{/name}}`.
struct Template: Equatable {
    enum Piece: Equatable {
        case text(String)
        case placeholder(String)
        /// What is there only where the name has a value.
        case section(String, [Piece])
        /// What is there only where it has none.
        case otherwise(String, [Piece])
    }

    let pieces: [Piece]

    init(_ text: String) {
        var rest = text[...]
        pieces = Self.pieces(&rest, within: nil)
    }

    /// Reads up to the end, or to the end of the section that is open.
    private static func pieces(_ rest: inout Substring, within section: String?) -> [Piece] {
        var pieces: [Piece] = []
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            if open.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<open.lowerBound]))) }
            let name = String(rest[open.upperBound..<close.lowerBound]).filter { $0 != " " }
            rest = rest[close.upperBound...]
            switch name.first {
            case "#":
                let inner = String(name.dropFirst())
                pieces.append(.section(inner, Self.pieces(&rest, within: inner)))
            case "^":
                let inner = String(name.dropFirst())
                pieces.append(.otherwise(inner, Self.pieces(&rest, within: inner)))
            case "/" where String(name.dropFirst()) == section: return pieces
            default: pieces.append(.placeholder(name))
            }
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        rest = rest[rest.endIndex...]
        return pieces
    }

    /// The name of the placeholder that is the whole text.
    var onlyPlaceholder: String? {
        guard pieces.count == 1, case .placeholder(let name) = pieces[0] else { return nil }
        return name
    }
}

extension Template.Piece {
    /// Of a section: whether it stands where its name has a value.
    var isWhereThereIs: Bool {
        if case .otherwise = self { false } else { true }
    }
}
