import Foundation
import Testing

/// One exchange reads another: a daemon that serves, and a command that asks it.
@Suite struct AnotherExchangeTests {
    private actor Rows {
        private(set) var all = Set(1...25)
        private(set) var edition = 1
        func remove(_ number: Int) { all.remove(number) }
        func revise() { edition += 1 }
        var body: String {
            let rows = all.sorted().map { number in
                let words = number == 7 ? "第\(edition)版" : "甲\(number)"
                return #"{"code":"c\#(number)","words":"\#(words)","amount":\#(number).50,"at":"112.\#(number),28.5"}"#
            }
            return "[" + rows.joined(separator: ",") + "]"
        }
    }

    private static let first = SourceEntry(
        name: "item", adapter: "http-json", with: "path: /items", key: "code",
        fields: [
            ("code", "from: code, required: true"), ("words", "from: words"),
            ("amount", "from: amount, type: decimal"), ("at", "from: at, type: point, crs: EPSG:4490"),
        ])

    private static let fields: [(name: String, text: String)] = [
        ("code", "from: code"), ("words", "from: words"), ("amount", "from: amount, type: decimal"),
        ("at", "from: at, type: point, crs: OGC:CRS84"),
    ]

    private static func mirror(_ name: String, _ form: String) -> String {
        SourceEntry(
            name: name, adapter: "huitong", with: "collection: item, page_size: 10, form: \(form)", key: "code",
            fields: fields
        ).text
    }

    private static func following(epoch: String) -> String {
        SourceEntry(
            name: "follower", adapter: "huitong-changes", with: "collection: item, page_size: 10, epoch: '\(epoch)'",
            delivers: """
                delivers: delta
                since: {parameter: after, field: source_revision}
                removed: {field: _removed, values: ["true"]}
                """, key: "source",
            fields: [
                ("source", "from: _id, required: true"), ("source_revision", "from: _revision, type: integer"),
            ] + fields
        ).text
    }

    private static func epoch(at address: String) async throws -> String {
        let outcome = try await Loopback.text("\(address)/collections/item")
        let document = try JSONSerialization.jsonObject(with: Data(outcome.utf8)) as? [String: Any]
        return try #require(document?["epoch"] as? String)
    }

    /// What only the second keeps of the first.
    private static let own: Set = ["source", "source_revision"]

    @Test func recordsAndRemovalsOfOneArriveAtTheOther() async throws {
        let rows = Rows()
        try await LoopbackSource.serving { _, _ in
            await LoopbackSource.Answer(rows.body)
        } _: { base, _ in
            let first = try ExchangeFolder(base: base, entries: ["item": Self.first.text])
            #expect(try await first.run("sync", "item").status == 0)
            let port = Loopback.freePort()
            let address = "http://127.0.0.1:\(port)"
            let daemon = try first.start(["serve", "--port", String(port)], log: "serve")
            defer { daemon.terminate() }
            try await Loopback.wait(for: daemon, at: address)

            let epoch = try await Self.epoch(at: address)
            let second = try ExchangeFolder(
                base: address,
                entries: [
                    "mirror": Self.mirror("mirror", "json"), "lines": Self.mirror("lines", "ndjson"),
                    "follower": Self.following(epoch: epoch),
                ])
            for turn in 1...3 {
                if turn == 2 {
                    await rows.remove(3)
                    await rows.revise()
                }
                if turn > 1 { #expect(try await first.run("sync", "item").status == 0) }
                let sync = try await second.run("sync", "--all")
                #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
                let given = try await first.canonical("item")
                #expect(given.count == (turn == 1 ? 25 : 24))
                #expect(given["c7"]?.contains(turn == 1 ? "第1版" : "第2版") == true)
                #expect(try await second.canonical("mirror") == given, "turn \(turn)")
                #expect(try await second.canonical("lines") == given, "turn \(turn)")
                #expect(try await second.canonical("follower", without: Self.own) == given, "turn \(turn)")
            }

            // An exchange that began anew counts from the start: the feed is refused, and what is served stays.
            try second.write("Catalog/entries/follower.yaml", Self.following(epoch: "another"))
            let refused = try await second.run("sync", "follower")
            #expect(refused.status == 1)
            #expect(refused.complaints.contains("request.changes-gone"), "\(refused.complaints)")
            #expect(try await second.records(of: "follower").count == 24)
            try second.write("Catalog/entries/follower.yaml", Self.following(epoch: epoch))
            let again = try await second.run("sync", "follower", "--snapshot")
            #expect(again.status == 0, "\(again.output) \(again.complaints)")
            let followed = try await second.canonical("follower", without: Self.own)
            #expect(try await first.canonical("item") == followed)
        }
    }
}
