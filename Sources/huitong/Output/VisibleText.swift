/// Text that does what it says and no more: characters that steer a terminal, turn the direction of writing or cannot be seen
/// are written as the escapes that JSON and YAML read (`\u001b`).
///
/// What people are shown comes from departments too: a name may hold an escape sequence that clears the screen, or writes over
/// the line before.
enum VisibleText {
    /// A text for one line of a log.
    static func oneLine(_ text: String) -> String { escaped(text) { _ in false } }

    /// A text of several lines for a terminal.
    ///
    /// - Parameter styles: sequences that are our own, where there is colour.
    static func lines(_ text: String, styles: [String] = []) -> String {
        guard !styles.isEmpty, text.unicodeScalars.contains("\u{1B}") else {
            return escaped(text, keeping: belongs)
        }
        var shown = ""
        var rest = text[...]
        while let start = rest.firstIndex(where: { $0.unicodeScalars.first == "\u{1B}" }) {
            shown += lines(String(rest[..<start]))
            rest = rest[start...]
            let style = styles.first { rest.hasPrefix($0) }
            // A sequence that is none of ours loses its first character, and is text then.
            shown += style ?? escaped(String(rest.prefix(1)), keeping: belongs)
            rest = rest.dropFirst(style?.count ?? 1)
        }
        return shown + lines(String(rest))
    }

    /// Characters of one's own and such as are not known yet show as a box at worst, and are how some write a rare name.
    private static func belongs(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .privateUse, .unassigned: true
        default: scalar == "\n" || scalar == "\t"
        }
    }

    private static func escaped(_ text: String, keeping isKept: (Unicode.Scalar) -> Bool) -> String {
        guard !text.unicodeScalars.allSatisfy({ isPlain($0) || isKept($0) }) else { return text }
        var visible = ""
        for scalar in text.unicodeScalars {
            if isPlain(scalar) || isKept(scalar) {
                visible.unicodeScalars.append(scalar)
            } else {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    visible += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return visible
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        default: true
        }
    }
}
