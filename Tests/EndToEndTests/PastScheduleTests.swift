import Foundation
import Model
import SQLiteStore
import Store
import Testing

/// A start whose time has passed is made up for once, where the entry says so, and never otherwise.
@Suite struct PastScheduleTests {
    /// A daily start two hours ago, in the zone of the entry.
    private static func entry(catchUp: String) -> String {
        let past = Date(timeIntervalSinceNow: -7_200).formatted(
            Date.ISO8601FormatStyle(timeZone: TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt).time(
                includingFractionalSeconds: false))
        let clock = past.split(separator: ":").prefix(2).compactMap { Int($0) }
        return """
            entry: item
            title: 事项
            summary: 用于计划试验
            department: office
            update: daily
            grade: 1
            share: {type: unconditional}
            open: true
            source: {system: source, adapter: http-json, with: {path: /items, records: /rows}}
            schedule: {cron: "\(clock[1]) \(clock[0]) * * *"\(catchUp)}
            delivers: snapshot
            key: [code]
            fields:
              code: {title: 代码, required: true}
            """
    }

    /// Leaves a run in the file that started three hours ago, before the start that was missed.
    private static func backdate(_ exchange: borrowing ExchangeFolder) async throws {
        let path = exchange.folder.appending(path: "huitong-data/huitong.sqlite").path
        let store = try SQLiteStore(path: path, now: { Date().timeIntervalSince1970 - 10_800 })
        let ticket = try await store.begin(
            RunOrder(entry: "item", trigger: .command, isSnapshot: true, rules: "earlier"))
        _ = try await store.end(run: ticket.run.number, as: .cancelled, fault: nil, decision: nil)
        try await store.close()
    }

    @Test(arguments: [("", 0), (", catch_up: 1h", 0), (", catch_up: 12h", 1)])
    func aMissedStartIsMadeUpForOnceAtMost(_ catchUp: String, _ runs: Int) async throws {
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(#"{"rows":[{"code":"1"}]}"#)
        } _: { base, source in
            let exchange = try ExchangeFolder(
                base: base, entries: ["item": Self.entry(catchUp: catchUp)], settings: "http: {port: 0}\n")
            #expect(try await exchange.run("sync", "item").status == 0)
            try await Self.backdate(exchange)
            let daemon = try exchange.start(["serve"], log: "serve")
            defer { daemon.terminate() }
            let deadline = ContinuousClock.now + .seconds(30)
            while try await Self.next(exchange) == nil, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
            while source.count < 1 + runs, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
            // The clock is looked at every second: two looks more start nothing more.
            try await Task.sleep(for: .seconds(2))
            #expect(source.count == 1 + runs)
            let next = try #require(try await Self.next(exchange))
            #expect(next.timeIntervalSinceNow > 20 * 3_600, "the next start is tomorrow's, not the one that passed")
        }
    }

    private static func next(_ exchange: borrowing ExchangeFolder) async throws -> Date? {
        let outcome = try await exchange.run("status", "item", "--format", "json")
        let status = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let text = (status?["entries"] as? [[String: Any]])?.first?["nextStart"] as? String
        return try text.map { try Date($0, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }
    }
}
