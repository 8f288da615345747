import Foundation
import Testing

/// What bad input gets: a clear error, and what is served stays what it was.
@Suite struct BadInputTests {
    private static func entry(_ adapter: String, _ parameters: String) -> String {
        """
        entry: item
        title: 事项
        summary: 用于异常试验
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source: {system: source, adapter: \(adapter), with: {path: /items, \(parameters)}}
        delivers: snapshot
        key: [code]
        fields:
          code: {title: 代码, required: true}
          name: {title: 名称}
        """
    }

    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let body: [UInt8]
        var type = "application/json"
        let status: Int32
        /// What the operator reads.
        let says: String
    }

    private static let good = #"{"code":"00","rows":[{"code":"1","name":"甲"},{"code":"2","name":"乙"}]}"#

    static let json: [Case] = [
        Case(
            description: "HTML instead of JSON", body: Array("<html><body>login</body></html>".utf8), type: "text/html",
            status: 1, says: "source.unexpected"),
        Case(
            description: "an error inside a 200", body: Array(#"{"code":"500","msg":"系统繁忙"}"#.utf8), status: 1,
            says: "source.said-no"),
        Case(
            description: "an empty list where there were records", body: Array(#"{"code":"00","rows":[]}"#.utf8),
            status: 3, says: "held"),
        Case(
            description: "a truncated body", body: Array(good.utf8.dropLast(9)), status: 1,
            says: "source.truncated (byte 65, page 1, record 2"),
        Case(
            description: "invalid UTF-8",
            body: Array(#"{"code":"00","rows":[{"code":""#.utf8) + [0xC3, 0x28, 0x22, 0x7D, 0x5D, 0x7D],
            status: 1, says: "source."),
        Case(
            description: "nesting without end",
            body: Array(#"{"code":"00","rows":"#.utf8) + Array(repeating: UInt8(ascii: "["), count: 100_000), status: 1,
            says: "source."),
    ]

    @Test(arguments: json)
    func jsonIsRefusedAndNothingLost(_ bad: Case) async throws {
        try await refuses(
            bad, good: LoopbackSource.Answer(Self.good), "http-json", "records: /rows, success_path: /code")
    }

    static let xml: [Case] = [
        Case(
            description: "an entity bomb",
            body: Array(
                """
                <?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
                <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><r><i><code>&c;</code></i></r>
                """.utf8), type: "text/xml", status: 1, says: "source.malformed"),
        Case(
            description: "an external entity",
            body: Array(
                """
                <?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><i><code>&x;</code></i></r>
                """.utf8), type: "text/xml", status: 1, says: "source.malformed"),
        Case(
            description: "a truncated document", body: Array("<r><i><code>1</code></i><i>".utf8), type: "text/xml",
            status: 1, says: "source.truncated"),
    ]

    @Test(arguments: xml)
    func xmlIsRefusedAndNothingLost(_ bad: Case) async throws {
        let good = LoopbackSource.Answer(
            "<r><i><code>1</code><name>甲</name></i><i><code>2</code><name>乙</name></i></r>", type: "text/xml")
        try await refuses(bad, good: good, "http-xml", "records: /r/i")
    }

    private func refuses(
        _ bad: Case, good: LoopbackSource.Answer, _ adapter: String, _ parameters: String
    ) async throws {
        let turn = Turn()
        try await LoopbackSource.serving { _, _ in
            await turn.isBad ? LoopbackSource.Answer(bad.body, type: bad.type) : good
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["item": Self.entry(adapter, parameters)])
            #expect(try await exchange.run("sync", "item").status == 0)
            let served = try await exchange.records(of: "item")
            #expect(served.count == 2)
            await turn.turn()
            let outcome = try await exchange.run("sync", "item")
            #expect(outcome.status == bad.status, "\(outcome.output) \(outcome.complaints)")
            #expect((outcome.output + outcome.complaints).contains(bad.says), "\(outcome.output) \(outcome.complaints)")
            #expect(try await exchange.records(of: "item") == served)
        }
    }

    private actor Turn {
        private(set) var isBad = false
        func turn() { isBad = true }
    }

    private static let typed = """
        entry: item
        title: 事项
        summary: 用于异常试验
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source: {system: source, adapter: http-json, with: {path: /items, records: /rows}}
        delivers: snapshot
        key: [code]
        fields:
          code: {title: 代码, type: integer}
          name: {title: 名称}
          amount: {title: 金额, type: decimal}
          size: {title: 面积, type: integer}
        """

    /// The rules that served records break, as the command lists them.
    private func findings(_ exchange: borrowing ExchangeFolder) async throws -> [String] {
        let text = try await exchange.run("status", "item", "--findings", "--format", "json").output
        let found = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
        return (found ?? []).compactMap { ($0["finding"] as? [String: Any])?["rule"] as? String }.sorted()
    }

    @Test func numbersBeyondSixtyFourBitsStayExactOrAreRefused() async throws {
        let body = #"""
            {"rows": [{"code": 1, "name": "a", "amount": 123456789012345678901234567890.125, "size": 9223372036854775807},
                      {"code": 2, "name": "b", "amount": "0.1000", "size": 9223372036854775808}]}
            """#
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["item": Self.typed])
            #expect(try await exchange.run("sync", "item").status == 0)
            let records = try await exchange.records(of: "item")
            let text = try await exchange.run("query", "item", "--format", "ndjson").output
            #expect(text.contains("123456789012345678901234567890.125"))
            #expect(text.contains("9223372036854775807") && !text.contains("9223372036854775808"))
            #expect(records.count == 2 && records.values.contains { $0["size"] == "<null>" || $0["size"] == nil })
            #expect(try await findings(exchange) == ["integer.range"])
        }
    }

    @Test func ofTwoRecordsWithOneKeyTheFirstStaysAndTheOtherIsAFinding() async throws {
        let body = #"{"rows": [{"code": 1, "name": "first"}, {"code": 2, "name": "b"}, {"code": 1, "name": "second"}]}"#
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["item": Self.typed])
            let sync = try await exchange.run("sync", "item", "--format", "json")
            #expect(sync.status == 0, "\(sync.complaints)")
            let records = try await exchange.records(of: "item")
            #expect(records.values.compactMap { $0["name"] }.sorted() == ["b", "first"])
            #expect(try await findings(exchange) == ["record.duplicate"])
        }
    }

    @Test func aKeyThatChangesItsTypeBuildsANewGeneration() async throws {
        let body = #"{"rows": [{"code": "007", "name": "a"}, {"code": "8", "name": "b"}]}"#
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["item": Self.typed])
            #expect(try await exchange.run("sync", "item").status == 0)
            #expect(try await exchange.records(of: "item").keys.sorted() == ["7", "8"])
            try exchange.write(
                "Catalog/entries/item.yaml",
                Self.typed.replacing("code: {title: 代码, type: integer}", with: "code: {title: 代码, type: text}"))
            let sync = try await exchange.run("sync", "item")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            #expect(try await exchange.records(of: "item").keys.sorted() == ["007", "8"])
        }
    }

    @Test func aPortInUseIsSaid() async throws {
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer("{}")
        } _: { base, _ in
            let port = base.split(separator: ":").last.map(String.init) ?? ""
            let exchange = try ExchangeFolder(base: base, entries: [:], settings: "http: {port: \(port)}\n")
            let outcome = try await exchange.run("serve")
            #expect(outcome.status == 1)
            #expect(outcome.complaints.contains("settings.address-in-use"), "\(outcome.complaints)")
        }
    }

    @Test func servingBeyondThisMachineIsRefused() async throws {
        let exchange = try ExchangeFolder(base: "http://127.0.0.1:1", entries: [:], settings: "http: {host: 0.0.0.0}\n")
        let outcome = try await exchange.run("serve")
        #expect(outcome.status == 1)
        #expect(outcome.complaints.contains("settings.unsafe-address"), "\(outcome.complaints)")
    }

    @Test func aFolderThatCannotBeWrittenIsSaid() async throws {
        // Nobody writes there, not even root.
        let exchange = try ExchangeFolder(
            base: "http://127.0.0.1:1", entries: [:], settings: "data: /proc/huitong\n")
        let outcome = try await exchange.run("status")
        #expect(outcome.status == 1)
        #expect(outcome.complaints.contains("store.read-only"), "\(outcome.complaints)")
    }
}
