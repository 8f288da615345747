import Foundation
import HTTPTypes
import Testing

/// An operator's view of a daemon whose department fails, and of one whose disk runs low.
@Suite struct ReadinessTests {
    private static let entry = SourceEntry.item()

    private actor Office {
        private(set) var isWell = true
        func set(_ isWell: Bool) { self.isWell = isWell }
    }

    private static func troubles(_ address: String) async throws -> [[String: Any]] {
        let text = try await Loopback.text(address + "/status")
        let status = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return try #require(status?["troubles"] as? [[String: Any]])
    }

    @Test func whatIsWrongIsToldUntilItIsNotWrongAnyMore() async throws {
        let office = Office()
        try await LoopbackSource.serving { _, _ in
            await office.isWell
                ? LoopbackSource.Answer(#"{"rows":[{"code":"1"},{"code":"2"}]}"#)
                : LoopbackSource.Answer(#"{"code":403}"#, status: .forbidden)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["item": Self.entry])
            #expect(try await exchange.run("sync", "item").status == 0)
            let port = Loopback.freePort()
            let address = "http://127.0.0.1:\(port)"
            let daemon = try exchange.start(["serve", "--port", String(port)], log: "serve")
            defer { daemon.terminate() }
            try await Loopback.wait(for: daemon, at: address)
            #expect(try await Self.troubles(address).isEmpty)

            await office.set(false)
            for _ in 0..<2 { #expect(try await exchange.run("sync", "item").status == 1) }
            let trouble = try #require(try await Self.troubles(address).first)
            #expect(trouble["kind"] as? String == "failing" && trouble["about"] as? String == "item")
            #expect(trouble["code"] as? String == "source.refused")
            #expect(trouble["since"] as? String != nil && trouble["servedFrom"] as? String != nil)
            let text = try await exchange.run("status").output
            #expect(text.contains("item: 2 runs failed: "), "\(text)")
            #expect(text.contains("serving what was published "), "\(text)")
            #expect(await Loopback.status(address + "/health/ready") == 200, "a department's failure is not ours")
            let metrics = try await Loopback.text(address + "/metrics")
            #expect(metrics.contains(#"huitong_runs_total{entry="item",state="failed"} 2"#))
            #expect(metrics.contains(#"huitong_source_requests_total{system="source"} 2"#), "\(metrics)")

            await office.set(true)
            #expect(try await exchange.run("sync", "item").status == 0)
            #expect(try await Self.troubles(address).isEmpty)
        }
    }

    /// No disk has a pebibyte free: the mark is met from the start.
    @Test func belowTheLowMarkItIsNotReadyAndServes() async throws {
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(#"{"rows":[{"code":"1"}]}"#)
        } _: { base, _ in
            let exchange = try ExchangeFolder(
                base: base, entries: ["item": Self.entry], settings: "disk: {low_mark: 1048576}\n")
            #expect(try await exchange.run("sync", "item").status == 0)
            let port = Loopback.freePort()
            let address = "http://127.0.0.1:\(port)"
            let daemon = try exchange.start(["serve", "--port", String(port)], log: "serve")
            defer { daemon.terminate() }
            try await Loopback.wait(for: daemon, at: address)
            #expect(await Loopback.status(address + "/health/ready") == 503)
            #expect(await Loopback.status(address + "/collections/item/items/1") == 200)
            #expect(try await Self.troubles(address).first?["code"] as? String == "store.full")
        }
    }
}
