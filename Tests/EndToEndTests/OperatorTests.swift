import Foundation
import Testing

/// What whoever operates an exchange relies on: being told, and being the only one who can look.
@Suite struct OperatorTests {
    private static let entry = SourceEntry.item()

    private actor Visits {
        private(set) var paths: [String] = []
        func note(_ path: String) { paths.append(path) }
        var isFirst: Bool { paths.count { $0 == "/items" } < 2 }
    }

    @Test func aHeldRunIsToldToTheAddressOfTheSettings() async throws {
        let visits = Visits()
        try await LoopbackSource.serving { path, _ in
            await visits.note(path)
            return await LoopbackSource.Answer(visits.isFirst ? #"{"rows":[{"code":"1"}]}"# : #"{"rows":[]}"#)
        } _: { base, _ in
            let exchange = try ExchangeFolder(
                base: base, entries: ["item": Self.entry], settings: "notify: \(base)/hook\n")
            #expect(try await exchange.run("sync", "item").status == 0)
            #expect(await !visits.paths.contains("/hook"), "a published run is no news")
            #expect(try await exchange.run("sync", "item").status == 3)
            #expect(await visits.paths.contains("/hook"))
        }
    }

    @Test func aFieldThatNothingFillsIsSaidOnce() async throws {
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(#"{"rows":[{"code":"1","name":"a","note":null}]}"#)
        } _: { base, _ in
            let fields = [("name", "from: nmae"), ("note", "type: text"), ("kind", "value: k")]
            let exchange = try ExchangeFolder(base: base, entries: ["item": SourceEntry.item(fields: fields)])
            let first = try await exchange.run("sync", "item")
            #expect(first.status == 0)
            #expect(first.complaints.contains("item: no record has a value for name, note\n"), "\(first.complaints)")
            let run = try await exchange.run("run", "show", "1", "--format", "json")
            #expect(run.output.contains("unfilled"))
            #expect(try await exchange.run("sync", "item").complaints.isEmpty)

            // A field that is added later is new again.
            try exchange.write(
                "Catalog/entries/item.yaml", SourceEntry.item(fields: fields + [("size", "type: integer")]))
            let second = try await exchange.run("sync", "item")
            #expect(second.complaints.contains("item: no record has a value for size\n"), "\(second.complaints)")
        }
    }

    @Test func theDataIsItsOwnersAlone() async throws {
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(#"{"rows":[{"code":"1"}]}"#)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["item": Self.entry])
            #expect(try await exchange.run("sync", "item").status == 0)
            let data = exchange.folder.appending(path: "huitong-data").path
            let rights = try FileManager.default.attributesOfItem(atPath: data)[.posixPermissions] as? Int
            #expect(rights == 0o700)
        }
    }
}
