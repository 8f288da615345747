import Standards
import Yams

/// Values of any shape, for parameters that are handed on as JSON.
extension Reader {
    /// The value as JSON text: plain scalars mean what they do in YAML's core schema (YAML 1.2.2 §10.3), quoted ones are
    /// text. Nil, with the reason reported, where it holds what JSON cannot say.
    mutating func documentText(_ item: Item) -> String? {
        switch item.node {
        case .scalar(let scalar): return scalar.style == .plain ? Self.plain(scalar.string) : Self.quoted(scalar.string)
        case .sequence:
            var elements: [String] = []
            for element in items(item) {
                guard let text = documentText(element) else { return nil }
                elements.append(text)
            }
            return "[" + elements.joined(separator: ",") + "]"
        case .mapping:
            guard let mapping = mapping(item) else { return nil }
            var members: [String] = []
            for pair in mapping.pairs {
                guard let text = documentText(pair.value) else { return nil }
                members.append(Self.quoted(pair.key) + ":" + text)
            }
            return "{" + members.joined(separator: ",") + "}"
        case .alias:
            report(wrongShape: item, expected: "the value itself")
            return nil
        }
    }

    private static func plain(_ text: String) -> String {
        switch text {
        case "", "~", "null": "null"
        case "true", "false": text
        default: text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) == nil ? quoted(text) : text
        }
    }

    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        JSONText.append(string: Array(text.utf8).span, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
