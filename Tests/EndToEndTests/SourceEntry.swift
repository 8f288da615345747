import Foundation

/// An entry for a recorded input, as a department's engineer would write it.
struct SourceEntry {
    var name: String
    var adapter: String
    /// The adapter's parameters, in flow style.
    var with: String
    var delivers = "delivers: snapshot"
    /// How much a run may change before a person has to look at it.
    var limits = "guard: {removed: 100%, refused: 100%, changed: 100%}"
    var key: String
    /// Name to description, in flow style.
    var fields: [(name: String, text: String)]

    var text: String {
        """
        entry: \(name)
        title: \(name)
        summary: 公开数据
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source: {system: source, adapter: \(adapter), with: {\(with)}}
        \(delivers)
        \(limits)
        key: [\(key)]
        fields:

        """ + fields.map { "  \($0.name): {title: \($0.name), \($0.text)}" }.joined(separator: "\n")
    }
}

extension SourceEntry {
    /// The small entry of tests that are not about entries: `item`, whose records with a `code` are the `rows` of `/items`.
    ///
    /// - Parameters:
    ///   - paging: more parameters of the adapter.
    ///   - more: fields beside the key.
    static func item(_ paging: String = "", schedule: String = "", fields more: [(String, String)] = []) -> String {
        SourceEntry(
            name: "item", adapter: "http-json", with: "path: /items, records: /rows" + paging,
            delivers: "delivers: snapshot\n" + schedule, limits: "", key: "code",
            fields: [("code", "required: true")] + more
        ).text
    }
}

/// What a source was asked for, in order.
actor Asked {
    private(set) var all: [String] = []
    func note(_ text: String) { all.append(text) }
}

extension Repository {
    static func recording(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: recordings.appending(path: path)))
    }

    static func recordedText(_ path: String) throws -> String { String(decoding: try recording(path), as: UTF8.self) }
}

extension ExchangeFolder {
    /// Every record of a collection by id, without what differs from run to run, with its members in one order: equal texts
    /// are equal records.
    func canonical(_ collection: String, without fields: Set<String> = []) async throws -> [String: String] {
        let outcome = try await run("query", collection, "--format", "ndjson", "--limit", "1000000", "--reveal")
        var records: [String: String] = [:]
        for line in outcome.output.split(separator: "\n") {
            guard let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let id = record["_id"] as? String
            else { continue }
            let members = record.filter { !$0.key.hasPrefix("_") && !fields.contains($0.key) }
            let text = try JSONSerialization.data(withJSONObject: members, options: .sortedKeys)
            records[id] = String(decoding: text, as: UTF8.self)
        }
        return records
    }
}
