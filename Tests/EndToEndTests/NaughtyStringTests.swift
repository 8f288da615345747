import Foundation
import Testing

/// Strings that break software (the "big list of naughty strings"), from a source to a consumer and byte for byte the same.
@Suite(.enabled(if: Repository.hasRecording("bad-naughty-strings/blns.json"), "there are no recordings"))
struct NaughtyStringTests {
    private static let list = "bad-naughty-strings/blns.json"

    private static func entry(_ adapter: String, _ with: String) -> String {
        """
        entry: text
        title: 文本
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source: {system: source, adapter: \(adapter), with: {path: /texts\(with)}}
        delivers: snapshot
        guard: {refused: 100%}
        key: [id]
        fields:
          id: {title: 编号, type: integer}
          value: {title: 内容}
        """
    }

    /// Marks before and after keep blanks at the ends, which are cut otherwise.
    private static func strings() throws -> [String] {
        let data = try Data(contentsOf: Repository.recordings.appending(path: list))
        return try JSONDecoder().decode([String].self, from: data).map { "《\($0)》" }
    }

    /// ISO 6429: no text has control characters, but for tab and line end.
    private static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains {
            $0.properties.generalCategory == .control && !"\t\n\r".unicodeScalars.contains($0)
        }
    }

    struct Form: Sendable, CustomStringConvertible {
        let description: String
        let adapter: String
        let with: String
        let type: String
        /// The body of all strings, and which of them the format can hold.
        let body: @Sendable ([String]) throws -> [UInt8]
        let holds: @Sendable (String) -> Bool
    }

    static let forms = [
        Form(description: "JSON", adapter: "http-json", with: "", type: "application/json") { strings in
            let rows: [[String: Any]] = strings.enumerated().map { ["id": $0, "value": $1] }
            return Array(try JSONSerialization.data(withJSONObject: rows))
        } holds: { _ in
            true
        },
        Form(description: "XML", adapter: "http-xml", with: ", records: /r/i", type: "text/xml; charset=utf-8") {
            strings in
            let rows = strings.enumerated().map { id, text in
                let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
                    ">", with: "&gt;")
                return "<i><id>\(id)</id><value>\(escaped)</value></i>"
            }
            return Array("<r>\(rows.joined())</r>".utf8)
        } holds: { text in
            // XML 1.0, section 2.2, and line ends that it makes one (2.11).
            text.unicodeScalars.allSatisfy { scalar in
                (scalar.value >= 0x20 || scalar == "\t" || scalar == "\n") && scalar.value != 0xFFFE
                    && scalar.value != 0xFFFF
            }
        },
        Form(description: "CSV", adapter: "http-csv", with: "", type: "text/csv; charset=utf-8") { strings in
            let rows = strings.enumerated().map { id, text in "\(id),\"\(text.replacing("\"", with: "\"\""))\"\r\n" }
            return Array("id,value\r\n\(rows.joined())".utf8)
        } holds: {
            !$0.unicodeScalars.contains("\0")
        },
    ]

    @Test(arguments: forms) func comeBackByteForByte(form: Form) async throws {
        let strings = try Self.strings().filter(form.holds)
        #expect(strings.count > 500)
        let body = try form.body(strings)
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: form.type)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["text": Self.entry(form.adapter, form.with)])
            #expect(try await exchange.published("text")["added"] == strings.count)
            for (answer, values) in [
                ("ndjson", try await Self.values(exchange)), ("csv", try await Self.table(exchange)),
            ] {
                #expect(values.count == strings.count, "\(answer)")
                for (id, text) in strings.enumerated() {
                    let value = values[String(id)] ?? nil
                    let wanted = Self.hasControls(text) ? nil : Array(text.utf8)
                    #expect(value.map { Array($0.utf8) } == wanted, "\(answer) \(id): \(text)")
                }
            }
        }
    }

    private static func values(_ exchange: borrowing ExchangeFolder) async throws -> [String: String?] {
        let outcome = try await exchange.run("query", "text", "--format", "ndjson", "--limit", "1000")
        return try outcome.output.utf8.split(separator: UInt8(ascii: "\n")).reduce(into: [:]) { values, line in
            let row = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            values["\(try #require(row["id"]))"] = .some(row["value"] as? String)
        }
    }

    /// The table, as Python's csv module reads it.
    private static func table(_ exchange: borrowing ExchangeFolder) async throws -> [String: String?] {
        let outcome = try await exchange.run("query", "text", "--format", "csv", "--limit", "1000")
        try exchange.write("table.csv", outcome.output)
        let program = """
            import csv, json, sys
            rows = csv.DictReader(open(sys.argv[1], encoding='utf-8-sig', newline=''))
            print(json.dumps({row['id']: row['value'] for row in rows}))
            """
        let text = try Peers.output("python3", ["-c", program, exchange.folder.appending(path: "table.csv").path])
        return try JSONDecoder().decode([String: String].self, from: Data(text.utf8)).mapValues {
            $0.isEmpty ? nil : $0
        }
    }
}
