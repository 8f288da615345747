import Catalog
import Foundation
import HTTPTypes
import Model
import SQLiteStore
import Store
import Testing

@testable import Exchange

/// Runs from request to publication, over a real socket into a real store.
@Suite struct RunTests {
    @Test func publishesWhatChanged() async throws {
        let exchange = try await SmallExchange()
        exchange.source.has(SmallExchange.records(100))
        let first = try await exchange.sync()
        #expect(first.state == .published)
        #expect(first.difference.added == 100)
        #expect(Set(first.stages.keys).isSuperset(of: ["fetch", "parse", "normalise", "stage", "judge", "publish"]))

        var records = SmallExchange.records(98)
        records[3]["name"] = "other"
        records.append(["id": "new", "name": "new"])
        exchange.source.has(records)
        let second = try await exchange.sync()
        #expect(second.state == .published)
        #expect(second.difference.added == 1)
        #expect(second.difference.changed == 1)
        #expect(second.difference.removed == 2)
        #expect(second.difference.unchanged == 97)
        let served = try await exchange.served()
        #expect(served.count == 99)
        #expect(served["k3"] == "other")
    }

    @Test func anEmptyListIsHeldAndAPersonDecides() async throws {
        let exchange = try await SmallExchange()
        exchange.source.has(SmallExchange.records(30))
        try await exchange.sync()
        exchange.source.has([])
        let held = try await exchange.sync()
        #expect(held.state == .held)
        #expect(held.reasons.count == 1)
        #expect(try await exchange.served().count == 30)

        let operations = exchange.operations()
        let discarded = try await operations.discard(
            ControlDecision(run: held.number, who: "Wang", reason: "a mistake of theirs"))
        #expect(discarded.state == .cancelled)
        #expect(discarded.decision?.who == "Wang")
        let again = try await exchange.sync()
        let published = try await operations.publish(
            ControlDecision(run: again.number, who: "Wang", reason: "the register was closed"))
        #expect(published.state == .published)
        #expect(published.decision?.reason == "the register was closed")
        #expect(try await exchange.served().isEmpty)
    }

    @Test func aPromiseThatIsNotKeptIsHeld() async throws {
        let exchange = try await SmallExchange(entry: SmallExchange.paged)
        exchange.source.answers { _, query, _ in
            let rows = query["page"] == "1" ? #"{"id":"a","name":"x"}"# : ""
            return .init(body: #"{"total": 2, "rows": [\#(rows)]}"#)
        }
        let run = try await exchange.sync()
        #expect(run.state == .held || run.state == .failed)
        #expect(try await exchange.served().isEmpty)
    }

    @Test(arguments: ["<html><body>Login</body></html>", #"[{"id":"k0","name":"#, #"[{"id":"k0" "name":1}]"#])
    func whatIsNoAnswerFailsAndChangesNothing(body: String) async throws {
        let exchange = try await SmallExchange()
        exchange.source.has(SmallExchange.records(30))
        try await exchange.sync()
        exchange.source.answers { _, _, _ in .init(body: body) }
        let run = try await exchange.sync()
        #expect(run.state == .failed)
        #expect(run.fault?.code.origin == .source)
        #expect(run.fault?.context["page"] == "1")
        #expect(run.fault?.context["request"] != nil)
        #expect(try await exchange.served().count == 30)
    }

    @Test func aFailureSaysWhetherTryingAgainHelps() async throws {
        let exchange = try await SmallExchange()
        exchange.source.answers { _, _, _ in .init(status: .serviceUnavailable, body: "") }
        #expect(try await exchange.sync().fault?.isRetryable == true)
        exchange.source.answers { _, _, _ in .init(status: .unauthorized, body: "") }
        #expect(try await exchange.sync().fault?.isRetryable == false)
    }

    @Test func notModifiedPublishesWithoutAChange() async throws {
        let exchange = try await SmallExchange(entry: SmallExchange.conditional)
        exchange.source.answers { _, _, headers in
            guard headers["if-none-match"] != #""v1""# else { return .init(status: .notModified, body: "") }
            return .init(body: #"[{"id":"a","name":"x"}]"#, headers: ["etag": #""v1""#])
        }
        #expect(try await exchange.sync().difference.added == 1)
        let second = try await exchange.sync()
        #expect(second.state == .published)
        #expect(second.difference.added == 0 && second.difference.removed == 0)
        #expect(try await exchange.served().count == 1)
    }

    @Test func aDeltaAsksFromWhereItStoppedAndRemovesWhatItIsTold() async throws {
        let exchange = try await SmallExchange(entry: SmallExchange.delta)
        exchange.source.answers { _, query, _ in
            guard query["updated_since"] != nil else {
                return .init(
                    body: """
                        [{"id":"a","name":"x","updated":"2026-03-01 08:00:00"},
                         {"id":"b","name":"y","updated":"2026-03-02 08:00:00"}]
                        """)
            }
            return .init(body: #"[{"id":"a","name":"x","updated":"2026-03-03 08:00:00","gone":"1"}]"#)
        }
        let first = try await exchange.sync()
        #expect(first.state == .published)
        #expect(first.isSnapshot)
        let second = try await exchange.sync()
        #expect(second.state == .published)
        #expect(!second.isSnapshot)
        #expect(exchange.source.requests.last?.contains("updated_since=2026-03-02") == true)
        #expect(try await exchange.served().keys.sorted() == ["b"])
        let third = try await exchange.sync(snapshot: true)
        #expect(third.isSnapshot)
        #expect(exchange.source.requests.last?.contains("updated_since") == false)
    }

    @Test func afterASnapshotADeltaGoesOnFromWhatThatHeld() async throws {
        let exchange = try await SmallExchange(entry: SmallExchange.delta)
        exchange.source.answers { _, _, _ in .init(body: #"[{"id":"a","name":"x","updated":"2026-03-09 08:00:00"}]"#) }
        #expect(try await exchange.sync().state == .published)
        // The source began anew, with older data.
        exchange.source.answers { _, _, _ in .init(body: #"[{"id":"a","name":"x","updated":"2026-03-01 08:00:00"}]"#) }
        #expect(try await exchange.sync(snapshot: true).state == .published)
        #expect(try await exchange.sync().state == .published)
        #expect(exchange.source.requests.last?.contains("updated_since=2026-03-01") == true)
    }

    @Test func oneRunOfAnEntryAtATimeAndAPersonCanStopIt() async throws {
        let exchange = try await SmallExchange()
        exchange.source.answers { _, _, _ in .init(body: "[", hangs: true) }
        let runner = exchange.runner()
        let began = AsyncStream<Int64>.makeStream()
        let running = Task {
            try await runner.run(SyncOrder(entry: "thing", trigger: .command)) { began.continuation.yield($0.run) }
        }
        let number = try #require(await began.stream.first { _ in true })
        let overlap = await #expect(throws: Fault.self) {
            try await runner.run(SyncOrder(entry: "thing", trigger: .command)) { _ in }
        }
        #expect(overlap?.code == .runOverlaps)
        let cancelled = try await exchange.operations(runner).cancel(
            ControlDecision(run: number, who: "Wang", reason: "the source is being moved"))
        #expect(cancelled.state == .cancelled)
        #expect(cancelled.decision?.verb == "cancel")
        #expect(try await running.value.state == .cancelled)
        exchange.source.has(SmallExchange.records(3))
        #expect(try await exchange.sync().state == .published)
    }

    /// A batch is 20,000 records: with pages of 15,000 the first is handed over within the second page.
    @Test func aRunThatIsCutOffGoesOnWhereItStopped() async throws {
        let exchange = try await SmallExchange(entry: SmallExchange.largePaged)
        let page: @Sendable (Int) -> String = { number in
            let rows = (0..<15_000).map { #"{"id":"k\#(number * 15_000 + $0)","name":"n"}"# }
            return #"{"total": 45000, "rows": [\#(number < 4 ? rows.joined(separator: ",") : "")]}"#
        }
        exchange.source.answers { _, query, _ in
            let number = Int(query["page"] ?? "") ?? 0
            return number == 3 ? .init(body: #"{"total": 45000, "rows": ["#, hangs: true) : .init(body: page(number))
        }
        let runner = exchange.runner()
        let staged = AsyncStream<Int>.makeStream()
        let running = Task {
            try await runner.run(SyncOrder(entry: "thing", trigger: .schedule)) {
                staged.continuation.yield($0.records)
            }
        }
        _ = await staged.stream.first { $0 >= 20_000 }
        await runner.close(within: .zero)
        let fault = await #expect(throws: Fault.self) { try await running.value }
        #expect(fault?.code == .runStalled)
        #expect(try await exchange.store.runs(of: "thing", limit: 1).first?.state.isOver == false)

        exchange.source.answers { _, query, _ in .init(body: page(Int(query["page"] ?? "") ?? 0)) }
        let asked = exchange.source.requests.count
        let run = try await Runner(facilities: try exchange.restarted(), limit: 4)
            .run(SyncOrder(entry: "thing", trigger: .catchUp)) { _ in }
        #expect(run.state == .published)
        #expect(run.number == 1)
        #expect(run.difference.added == 45_000)
        // What was staged is not asked for again.
        #expect(!exchange.source.requests.dropFirst(asked).contains { $0.contains("page=1&") })
        #expect(try await exchange.store.collection("thing")?.count == 45_000)
    }

    @Test func refusedRecordsWaitInTheQuarantine() async throws {
        let exchange = try await SmallExchange()
        exchange.source.answers { _, _, _ in .init(body: #"[{"id":"a","name":"x"},{"id":"b"}]"#) }
        let run = try await exchange.sync()
        #expect(run.state == .published)
        #expect(run.difference.refused == 1)
        let operations = exchange.operations()
        let still = try await operations.replay(
            ControlQuarantine(numbers: [], entry: "thing", who: "Wang", reason: "again"))
        #expect(still == ControlDone(count: 0, left: 1))

        let text = SmallExchange.snapshot.replacing(", required: true", with: "")
        let registered = try await operations.register(
            ControlRegistration(text: text, file: "thing.yaml", who: "Wang", reason: "names may be absent"))
        #expect(registered == ControlRegistered(entry: "thing", version: 2, isUnchanged: false))
        let passed = try await operations.replay(
            ControlQuarantine(numbers: [], entry: "thing", who: "Wang", reason: "again"))
        #expect(passed == ControlDone(count: 1, left: 0))
        #expect(try await exchange.served().keys.sorted() == ["a", "b"])
    }

    @Test func previewWritesNothing() async throws {
        let exchange = try await SmallExchange()
        exchange.source.answers { _, _, _ in .init(body: #"[{"id":"a","name":" x "},{"id":"b"}]"#) }
        let entry = try #require(exchange.facilities.catalogue.current.entries["thing"])
        let preview = try await exchange.operations().preview(entry, records: 10)
        #expect(preview.read == 2)
        #expect(preview.records.map(\.isRefused) == [false, true])
        #expect(preview.records.first?.normal.last?.value == "x")
        #expect(try await exchange.store.runs(of: nil, limit: 1).isEmpty)
    }

    @Test func registeringABadFileSaysEveryMistake() async throws {
        let exchange = try await SmallExchange()
        let text = SmallExchange.snapshot.replacing("type: text}", with: "type: txt}")
        let fault = await #expect(throws: Fault.self) {
            try await exchange.operations().register(
                ControlRegistration(text: text, file: "thing.yaml", who: "Wang", reason: "x"))
        }
        #expect(fault?.code == .badCatalogue)
        #expect(fault?.message.contains("thing.yaml:") == true)
    }
}
