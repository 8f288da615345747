import Foundation
import Yams

extension Diagnostic.Rule {
    /// A secret is named in the catalogue and kept in the settings.
    static let writtenSecret: Self = "written-secret"
}

/// What looks like a secret. Where in doubt it is one: a name is easily given, a leaked secret is not called back.
enum WrittenSecret {
    /// Whether a text is the name of a secret, such as `police-population-token`, and not a secret itself: words of one case,
    /// at least two, each beginning with a letter.
    static func isName(_ text: String) -> Bool {
        isName(text, joint: "-", letters: "a"..."z") || isName(text, joint: "_", letters: "A"..."Z")
    }

    private static func isName(_ text: String, joint: Character, letters: ClosedRange<Character>) -> Bool {
        let words = text.split(separator: joint, omittingEmptySubsequences: false)
        guard words.count > 1, text.count <= 64 else { return false }
        return words.allSatisfy { word in
            guard let first = word.first, letters.contains(first), !isRandom(String(word)) else { return false }
            return word.allSatisfy { letters.contains($0) || ("0"..."9").contains($0) }
        }
    }

    /// Whether an address carries a user's password or a token.
    static func isInAddress(_ text: String) -> Bool {
        if let range = text.range(of: "://") {
            let authority = text[range.upperBound...].prefix { !"/?#".contains($0) }
            if let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") { return true }
        }
        guard let query = text.split(separator: "?", maxSplits: 1).dropFirst().first else { return false }
        return query.split(separator: "&").contains { item in
            let halves = item.split(separator: "=", maxSplits: 1).map(String.init)
            return halves.count == 2 && isNamedSecret(halves[0]) && !isPlaceholder(halves[1])
        }
    }

    /// Whether a value under this name is a secret.
    static func isValue(_ value: String, under name: String) -> Bool {
        if value.isEmpty || isPlaceholder(value) { return false }
        if value.contains("-----BEGIN") || isInAddress(value) { return true }
        // `token_path`, `key_parameter` and the like say where something is.
        if ["_path", "_parameter", "_name", "_header", "_format"].contains(where: { name.hasSuffix($0) }) {
            return false
        }
        return isNamedSecret(name) || (isNamedKey(name) && isRandom(value))
    }

    private static func isNamedSecret(_ name: String) -> Bool {
        let name = plain(name)
        return ["password", "passwd", "pwd", "secret", "token", "authorization", "apikey", "accesskey", "credential"]
            .contains { name.contains($0) } || name == "sign" || name == "signature"
    }

    private static func isNamedKey(_ name: String) -> Bool {
        plain(name).contains("key") || plain(name).contains("code")
    }

    private static func plain(_ name: String) -> String { name.lowercased().filter { $0 != "-" && $0 != "_" } }

    private static func isPlaceholder(_ value: String) -> Bool { value.contains("{{") && value.contains("}}") }

    /// Whether a text is too long and too mixed to be a word: letters and digits, more than three bits a character.
    static func isRandom(_ text: String) -> Bool {
        guard text.count >= 12, text.contains(where: \.isNumber), text.contains(where: \.isLetter) else { return false }
        let length = Double(text.count)
        let entropy = Dictionary(grouping: text) { $0 }.values.reduce(0.0) { sum, group in
            let share = Double(group.count) / length
            return sum - share * log2(share)
        }
        return entropy > 3
    }
}

extension Reader {
    /// Says where a secret stands, and never what it is.
    mutating func report(writtenSecret what: String, at place: Place) {
        report(
            .writtenSecret, at: place, "\(what) looks like a secret",
            advice:
                "Write the name of a secret, for example `police-population-token`, under the system's `credential` in "
                + "departments.yaml, keep its value in the settings, and change the secret that stood here.")
    }

    /// Checks the parameters of a source, whatever they are called.
    mutating func checkSecrets(_ mapping: Mapping) {
        for pair in mapping.pairs {
            switch pair.value.node {
            case .scalar(let scalar):
                // `{secret: name}` names one.
                if pair.key == "secret", mapping.pairs.count == 1, WrittenSecret.isName(scalar.string) { continue }
                if WrittenSecret.isValue(scalar.string, under: pair.key) {
                    report(writtenSecret: "the value of `\(pair.key)`", at: pair.value.place)
                }
            case .mapping:
                if let inner = self.mapping(pair.value) { checkSecrets(inner) }
            case .sequence, .alias:
                for item in items(pair.value) {
                    if case .scalar(let scalar) = item.node, WrittenSecret.isValue(scalar.string, under: pair.key) {
                        report(writtenSecret: "the value of `\(pair.key)`", at: item.place)
                    }
                    if case .mapping = item.node, let inner = self.mapping(item) { checkSecrets(inner) }
                }
            }
        }
    }

    /// The name of a secret.
    mutating func secretName(_ key: String, in mapping: Mapping) -> String? {
        guard let name = required(key, in: mapping, of: "this credential", example: "police-population-token") else {
            return nil
        }
        if WrittenSecret.isName(name) { return name }
        report(writtenSecret: "the value of `\(key)`", at: mapping[key]?.place ?? mapping.place)
        return nil
    }
}
