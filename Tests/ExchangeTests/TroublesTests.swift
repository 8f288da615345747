import Foundation
import Model
import Testing

@testable import Exchange

/// What is wrong is told once each, with since when and what is served meanwhile.
@Suite struct TroublesTests {
    private static func entry(
        _ name: String, _ state: Run.State? = .published, fault: Fault? = nil, reasons: [String] = [],
        published: String? = "2026-11-20T02:00:00.000+08:00", isFresh: Bool? = true, staleSince: String? = nil,
        isPaused: Bool = false
    ) -> ExchangeStatus.EntryStatus {
        ExchangeStatus.EntryStatus(
            entry: name, title: name, department: "office", isPaused: isPaused, records: 1,
            lastRun: state.map {
                Run(
                    number: 9, entry: name, version: 1, state: $0, startedAt: "2026-11-23T02:00:00.000+08:00",
                    endedAt: "2026-11-23T02:01:00.000+08:00", fault: fault, reasons: reasons)
            },
            lastPublished: published, nextStart: nil, isFresh: isFresh, staleSince: staleSince, quarantined: 0)
    }

    private static func troubles(
        _ entries: [ExchangeStatus.EntryStatus] = [], problems: [String] = [], circuits: [CircuitStatus] = [],
        failures: [String: FailureStreak] = [:], store: Fault? = nil, schedule: Fault? = nil
    ) -> [Trouble] {
        Troubles(
            status: ExchangeStatus(
                version: "0", startedAt: nil,
                catalogue: .init(loadedAt: nil, problems: problems, problemsSince: problems.isEmpty ? nil : "then"),
                entries: entries, running: [], circuits: circuits),
            failures: failures, store: store, schedule: schedule
        ).all
    }

    @Test func whereAllIsWellNothingIsTold() {
        let closed = CircuitStatus(system: "market", state: .closed, failures: 1)
        #expect(Self.troubles([Self.entry("a"), Self.entry("b", nil, isFresh: nil)], circuits: [closed]).isEmpty)
    }

    @Test func failuresAreToldSinceTheFirstOfThem() throws {
        let failed = Self.entry("a", .failed, fault: Fault(.sourceTimeout, "GET x was too slow"), isFresh: false)
        let troubles = Self.troubles([failed], failures: ["a": FailureStreak(count: 3, since: "first")])
        #expect(
            troubles == [
                Trouble(
                    .failing, about: "a", since: "first", "3 runs failed: GET x was too slow", code: .sourceTimeout,
                    run: 9, servedFrom: "2026-11-20T02:00:00.000+08:00")
            ], "that it is stale as well is no second trouble")
    }

    @Test func aHeldRunWaitsForAPerson() throws {
        let trouble = try #require(Self.troubles([Self.entry("a", .held, reasons: ["62 would be removed."])]).first)
        #expect(trouble.kind == .held && trouble.run == 9 && trouble.since == "2026-11-23T02:01:00.000+08:00")
        #expect(trouble.sentence == "run 9 waits for a decision: 62 would be removed.")
    }

    @Test func whatIsStaleIsToldWithItsCause() throws {
        let entries = [
            Self.entry("a", isFresh: false, staleSince: "term"),
            Self.entry("b", nil, published: nil, isFresh: false),
            Self.entry("c", isFresh: false, staleSince: "term", isPaused: true),
        ]
        #expect(
            Self.troubles(entries).map(\.sentence) == [
                "was not published within its update cycle", "was never published",
                "was not published within its update cycle, and its schedule is paused",
            ])
        #expect(Self.troubles(entries).map(\.since) == ["term", nil, "term"])
    }

    /// A run under way, or cancelled, after failures is no failure; what is due shows as stale.
    @Test func whatIsTriedAgainIsNotTold() {
        let failures = ["a": FailureStreak(count: 3, since: "first")]
        #expect(Self.troubles([Self.entry("a", .fetching)], failures: failures).isEmpty)
    }

    @Test func theGravestComesFirst() {
        let open = CircuitStatus(
            system: "market", state: .open, failures: 5, since: "opened", fault: Fault(.sourceTLS, "expired"))
        let troubles = Self.troubles(
            [Self.entry("a", isFresh: false)], problems: ["a.yaml:1:2: wrong", "b.yaml:3:4: wrong"],
            circuits: [open], store: Fault(.storeFull, "the disk is full"),
            schedule: Fault(.storeFailed, "cannot be read", context: ["since": "once"]))
        #expect(troubles.map(\.kind) == [.store, .schedule, .catalogue, .system, .stale])
        #expect(troubles[1].since == "once")
        #expect(troubles[2].sentence == "a.yaml:1:2: wrong and 1 more mistakes" && troubles[2].since == "then")
        #expect(troubles[3].code == .sourceTLS && troubles[3].since == "opened")
    }
}
