import Foundation
import Testing

/// A backup is taken from a daemon that serves and syncs, and restored, by command.
@Suite struct BackupEndToEndTests {
    private static let entry = SourceEntry.item(
        ", total_path: /total, paging: page, page_parameter: page, size_parameter: size, page_size: 100",
        schedule: #"schedule: {cron: "0 3 1 1 *"}"#, fields: [("edition", "type: integer")])

    private static let pages = 4

    private actor Office {
        private var edition = 1
        private var isHolding = false
        private(set) var hasArrived = false

        func publish(edition: Int, holding: Bool) {
            self.edition = edition
            isHolding = holding
            hasArrived = false
        }

        /// The last page waits while the office holds it.
        func page(_ number: Int) async -> LoopbackSource.Answer {
            guard number <= pages else { return LoopbackSource.Answer(#"{"total":\#(pages * 100),"rows":[]}"#) }
            while isHolding, number == pages {
                hasArrived = true
                try? await Task.sleep(for: .milliseconds(10))
            }
            // An edition changes every tenth record.
            let rows = (0..<100).map { #"{"code":"\#(number * 100 + $0)","edition":\#($0 % 10 == 0 ? edition : 1)}"# }
            return LoopbackSource.Answer(#"{"total":\#(pages * 100),"rows":[\#(rows.joined(separator: ","))]}"#)
        }
    }

    private static func editions(_ exchange: borrowing ExchangeFolder) async throws -> [String: Int] {
        try await exchange.records(of: "item").values.reduce(into: [:]) { $0[$1["edition"] ?? "none", default: 0] += 1 }
    }

    private static func epoch(_ address: String) async throws -> String? {
        let text = try await Loopback.text(address + "/collections/item/changes?after=0")
        return (try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])?["epoch"] as? String
    }

    @Test func aBackupOfARunningExchangeIsRestoredAndGoesOn() async throws {
        let office = Office()
        try await LoopbackSource.serving { _, query in
            await office.page(query["page"].flatMap { Int($0) } ?? 1)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["item": Self.entry])
            #expect(try await exchange.run("sync", "item").status == 0)
            let port = Loopback.freePort()
            let address = "http://127.0.0.1:\(port)"
            let daemon = try exchange.start(["serve", "--port", String(port)], log: "serve")
            defer { if daemon.isRunning { kill(daemon.processIdentifier, SIGKILL) } }
            try await Loopback.wait(for: daemon, at: address)
            let epoch = try #require(try await Self.epoch(address))

            // Three of the second edition's four pages are fetched when the backup is taken.
            await office.publish(edition: 2, holding: true)
            let sync = try exchange.start(["sync", "item"], log: "sync")
            while await !office.hasArrived, sync.isRunning { try await Task.sleep(for: .milliseconds(5)) }
            let backup = try await exchange.run("backup", "copy.sqlite", "--format", "json")
            #expect(backup.status == 0, "\(backup.complaints)")
            #expect(backup.output.contains(#""records" : 400"#), "\(backup.output)")
            await office.publish(edition: 2, holding: false)
            while sync.isRunning { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try await Self.editions(exchange) == ["1": 360, "2": 40])

            let refused = try await exchange.run("restore", "copy.sqlite")
            #expect(refused.status == 1)
            #expect(
                refused.complaints.contains("process \(daemon.processIdentifier) is writing"), "\(refused.complaints)")
            daemon.terminate()
            daemon.waitUntilExit()

            let restored = try await exchange.run("restore", "copy.sqlite")
            #expect(restored.status == 0, "\(restored.complaints)")
            #expect(restored.output.contains("what was there is kept in"), "\(restored.output)")
            #expect(try await Self.editions(exchange) == ["1": 400], "the moment of the backup")
            let again = try exchange.start(["serve", "--port", String(port)], log: "again")
            defer { again.terminate() }
            try await Loopback.wait(for: again, at: address)
            #expect(await Loopback.status(address + "/collections/item/changes?after=0&epoch=\(epoch)") == 410)
            await office.publish(edition: 3, holding: false)
            #expect(try await exchange.run("sync", "item").status == 0)
            #expect(try await Self.editions(exchange).keys.contains("3"), "the next run goes on")
        }
    }

    /// Killed at any moment, a restore has happened or it has not, and what it left is in nobody's way.
    @Test func aRestoreThatIsKilledHappensWholeOrNotAtAll() async throws {
        let office = Office()
        try await LoopbackSource.serving { _, query in
            await office.page(query["page"].flatMap { Int($0) } ?? 1)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["item": Self.entry])
            #expect(try await exchange.run("sync", "item").status == 0)
            #expect(try await exchange.run("backup", "copy.sqlite").status == 0)
            let (old, new) = (["1": 400], ["1": 360, "2": 40])
            let began = ContinuousClock.now
            #expect(try await exchange.run("restore", "copy.sqlite").status == 0)
            let whole = ContinuousClock.now - began
            await office.publish(edition: 2, holding: false)
            for kill in 1...8 {
                #expect(try await exchange.run("sync", "item").status == 0)
                #expect(try await Self.editions(exchange) == new)
                let restore = try exchange.start(["restore", "copy.sqlite"], log: "restore-\(kill)")
                try await Task.sleep(for: whole * kill / 8)
                Foundation.kill(restore.processIdentifier, SIGKILL)
                restore.waitUntilExit()
                let found = try await Self.editions(exchange)
                #expect(found == old || found == new, "kill \(kill): \(found)")
            }
            #expect(try await exchange.run("restore", "copy.sqlite").status == 0)
            #expect(try await Self.editions(exchange) == old)
            let files = try FileManager.default.contentsOfDirectory(
                atPath: exchange.folder.appending(path: "huitong-data").path)
            #expect(!files.contains { $0.contains("restoring") }, "\(files)")
        }
    }
}
