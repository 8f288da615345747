/// A `Content-Type`, as far as reading a body asks for it (RFC 9110, section 8.3.1).
public struct MediaType: Sendable {
    /// The `charset` parameter; nil where there is none.
    public var charset: String? { parameters["charset"] }

    /// How the parts of the body are told from each other; nil for a body that is one document.
    public var multipart: MultipartForm? {
        guard essence.hasPrefix("multipart/"), let boundary = parameters["boundary"] else { return nil }
        return MultipartForm(boundary: boundary, root: parameters["start"])
    }

    /// Type and subtype, in small letters.
    private let essence: String
    /// By their names in small letters; of a name that comes twice the first counts.
    private let parameters: [String: String]

    public init(_ text: String) {
        var pieces = Self.pieces(of: text)[...]
        essence = (pieces.popFirst() ?? "").lowercased()
        parameters = Dictionary(
            pieces.compactMap { piece in
                guard let equals = piece.firstIndex(of: "=") else { return nil }
                let value = Self.unquoted(piece[piece.index(after: equals)...])
                return value.isEmpty ? nil : (Self.trimmed(piece[..<equals]).lowercased(), value)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// What stands between semicolons that are not in quotes.
    private static func pieces(of text: String) -> [String] {
        var pieces = [""]
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if character == ";" && !isQuoted {
                pieces.append("")
                continue
            }
            if character == "\"" && !isEscaped { isQuoted.toggle() }
            isEscaped = character == "\\" && isQuoted && !isEscaped
            pieces[pieces.count - 1].append(character)
        }
        return pieces.map { String(trimmed($0[...])) }
    }

    /// Old services write apostrophes where quotes belong.
    private static func unquoted(_ text: Substring) -> String {
        let text = trimmed(text)
        guard text.count >= 2, let quote = text.first, quote == text.last, quote == "\"" || quote == "'" else {
            return String(text)
        }
        return String(text.dropFirst().dropLast().replacing("\\\"", with: "\"").replacing("\\\\", with: "\\"))
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
