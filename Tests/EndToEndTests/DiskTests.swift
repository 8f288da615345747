import Foundation
import Testing

/// What a disk can do to an exchange: fill up, or not be writable. What is served stays.
@Suite(.enabled(if: SmallDisk.isPossible, "needs the right to mount a small file system"))
struct DiskTests {
    private static let entry = SourceEntry.item(fields: [("text", "type: text")])

    private actor Size {
        private(set) var records = 10
        func set(_ records: Int) { self.records = records }
    }

    private static func answer(_ count: Int) -> LoopbackSource.Answer {
        let text = String(repeating: "事", count: 200)
        let rows = (0..<count).map { #"{"code":"\#($0)","text":"\#(text)"}"# }
        return LoopbackSource.Answer(#"{"rows":[\#(rows.joined(separator: ","))]}"#)
    }

    /// An exchange with its data on the disk, and ten records published.
    private static func withExchange(
        on disk: URL, _ work: @Sendable @escaping (borrowing ExchangeFolder, Size) async throws -> Void
    ) async throws {
        let size = Size()
        try await LoopbackSource.serving { _, _ in
            await answer(size.records)
        } _: { base, _ in
            let exchange = try ExchangeFolder(
                base: base, entries: ["item": entry],
                settings: "data: \(disk.path)/data\nhttp: {port: 0}\ndisk: {low_mark: 1}\n")
            #expect(try await exchange.run("sync", "item").status == 0)
            #expect(try await exchange.records(of: "item").count == 10)
            try await work(exchange, size)
        }
    }

    @Test func aRunThatFillsTheDiskFailsAndWhatIsServedStays() async throws {
        let disk = try SmallDisk(size: "6m")
        try await Self.withExchange(on: disk.folder) { exchange, size in
            let served = try await exchange.records(of: "item")
            await size.set(20_000)
            let outcome = try await exchange.run("sync", "item")
            #expect(outcome.status == 1, "\(outcome.output) \(outcome.complaints)")
            #expect(outcome.complaints.contains("store.full"), "\(outcome.complaints)")
            #expect(try await exchange.run("status").output.contains("2 failed"))
            #expect(try await exchange.records(of: "item") == served)
            await size.set(11)
            #expect(try await exchange.run("sync", "item").status == 0, "nothing of it is left in the way")
            #expect(try await exchange.records(of: "item").count == 11)
        }
    }

    @Test func whileTheDiskIsFullTheDaemonServes() async throws {
        let disk = try SmallDisk(size: "6m")
        let folder = disk.folder
        try await Self.withExchange(on: folder) { exchange, size in
            let port = Loopback.freePort()
            let address = "http://127.0.0.1:\(port)"
            let daemon = try exchange.start(["serve", "--port", String(port)], log: "serve")
            defer { daemon.terminate() }
            try await Loopback.wait(for: daemon, at: address)
            SmallDisk.fill(folder)
            await size.set(1_000)
            let outcome = try await exchange.run("sync", "item")
            #expect(outcome.status == 1, "\(outcome.output) \(outcome.complaints)")
            #expect(outcome.complaints.contains("store.full"), "\(outcome.complaints)")
            #expect(await Loopback.status(address + "/collections/item/items/9") == 200)
            #expect(await Loopback.status(address + "/health/ready") == 503)
            try SmallDisk.clear(folder)
            #expect(await Loopback.status(address + "/health/ready") == 200)
            #expect(try await exchange.run("sync", "item").status == 0)
            #expect(await Loopback.status(address + "/collections/item/items/999") == 200)
        }
    }

    @Test func aDirectoryThatCannotBeWrittenAnyMoreIsSaid() async throws {
        let disk = try SmallDisk(size: "6m")
        let folder = disk.folder
        try await Self.withExchange(on: folder) { exchange, _ in
            try SmallDisk.remount(folder, "ro")
            for arguments in [["sync", "item"], ["serve"]] {
                let outcome = try await exchange.run(arguments)
                #expect(outcome.status == 1)
                #expect(outcome.complaints.contains("store.read-only"), "\(arguments) \(outcome.complaints)")
            }
            try SmallDisk.remount(folder, "rw")
            #expect(try await exchange.run("sync", "item").status == 0)
            #expect(try await exchange.records(of: "item").count == 10)
        }
    }
}
