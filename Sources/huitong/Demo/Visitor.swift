import Foundation
import Model
import Transport

/// A consumer: asks the exchange over HTTP, as curl would.
struct Visitor: Sendable {
    let base: String
    private let transport = Transport(policy: OutboundPolicy(allowsLoopback: true))

    init(base: String) { self.base = base }

    func get(_ path: String) async throws(Fault) -> Answer {
        let response = try await transport.send(Request(url: base + path, retry: .never))
        let bytes = try await response.body.bytes()
        guard let value = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) else {
            throw Fault(.defect, "the exchange answered \(path) with what is no JSON", advice: "Please report it.")
        }
        return Answer(value)
    }
}

/// A JSON document that is looked into without knowing its shape.
struct Answer {
    private let value: Any?

    init(_ value: Any?) { self.value = value }

    subscript(name: String) -> Answer { Answer((value as? [String: Any])?[name]) }

    var list: [Answer] { (value as? [Any])?.map { Answer($0) } ?? [] }
    var text: String? { value as? String }
    var number: Int? { (value as? NSNumber)?.intValue }

    /// The document without its links, which are for programs.
    func withoutLinks() -> Answer {
        guard let members = value as? [String: Any] else { return self }
        return Answer(members.filter { $0.key != "links" && $0.key != "_links" })
    }

    /// The document as people read it, its names in order, a few lines of it.
    func pretty(lines most: Int) -> String {
        guard let value,
            let data = try? JSONSerialization.data(
                withJSONObject: value,
                options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed])
        else { return "" }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        let shown = lines.prefix(most).map { "    \($0)" }.joined(separator: "\n")
        return lines.count > most ? shown + "\n    … \(lines.count - most) lines more" : shown
    }
}
