import Foundation
import Testing

/// What departments write into values and messages, at a terminal and to programs.
@Suite struct HostileTextTests {
    private static let entry = """
        entry: text
        title: 文本
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source: {system: source, adapter: http-json, with: {path: /texts, records: /rows, success_path: /code, message_path: /msg}}
        delivers: snapshot
        guard: {refused: 100%}
        key: [id]
        fields:
          id: {title: 编号, type: integer}
          value: {title: 内容}
        """

    /// In JSON's escapes, and whether a text may hold it.
    private static let values: [(json: String, isServed: Bool)] = [
        (#"\u001b[2J\u001b]0;gone\u0007"#, false), (#"line\u0000end"#, false), (#"\u009b31m"#, false),
        (#"三\u202e张\u202c三"#, true), (#"a\nsynced  text  0 records"#, true), (#"a\r\nb"#, true),
        (#"'); DROP TABLE records; --"#, true), (#"\" OR 1=1 --"#, true), (#"%s%n${jndi:ldap://x}"#, true),
        (#"=1+1"#, true), (#"{\"level\":\"error\"}"#, true), (#"\udb40\udc41tag"#, true),
    ]

    private static func steers(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar != "\n" && scalar != "\t"
            case .format, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
    }

    @Test func steersNoTerminalAndIsServedByteForByte() async throws {
        let rows = Self.values.enumerated().map { #"{"id":\#($0),"value":"\#($1.json)"}"# }
        // A record without a key is refused, and shown with what was sent.
        let refused = #"{"id":"\u001b[2J","value":"\u001b[1A\u202e"}"#
        let body = #"{"code":"00","rows":[\#((rows + [refused]).joined(separator: ","))]}"#
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["text": Self.entry])
            let synced = try await exchange.run("sync", "text")
            #expect(synced.status == 0, "\(synced.output) \(synced.complaints)")
            let commands = [
                ["status"], ["status", "text", "--findings"], ["query", "text"], ["quarantine", "list"],
                ["quarantine", "show", "1", "--reveal"], ["run", "show", "1"],
            ]
            for command in commands {
                let outcome = try await exchange.run(command)
                #expect(!outcome.output.isEmpty, "\(command): \(outcome.complaints)")
                #expect(Self.steers(outcome.output + outcome.complaints).isEmpty, "\(command): \(outcome.output)")
            }
            let lines = try await exchange.run("query", "text", "--format", "ndjson", "--limit", "100").output
            let served = try lines.utf8.split(separator: UInt8(ascii: "\n")).map { line in
                try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            }
            #expect(served.count == Self.values.count)
            for row in served {
                let id = try #require(row["id"] as? Int)
                let sent = try JSONDecoder().decode([String].self, from: Data(#"["\#(Self.values[id].json)"]"#.utf8))[0]
                let value = (row["value"] as? String).map { Array($0.utf8) }
                #expect(value == (Self.values[id].isServed ? Array(sent.utf8) : nil), "\(Self.values[id].json)")
            }
        }
    }

    @Test func aMessageOfADepartmentSteersNoTerminal() async throws {
        let body = #"{"code":"99","msg":"no\u001b[2J\u202e\r\nerror: all is well\u0007"}"#
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["text": Self.entry])
            let failed = try await exchange.run("sync", "text")
            #expect(failed.status == 1)
            for command in [["status"], ["status", "text"], ["run", "show", "1"]] {
                let outcome = try await exchange.run(command)
                let shown = outcome.output + outcome.complaints + failed.output + failed.complaints
                #expect(Self.steers(shown).isEmpty, "\(command): \(shown)")
                #expect(!shown.contains("\nerror: all is well"))
            }
        }
    }
}
