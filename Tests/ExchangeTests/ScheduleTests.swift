import Foundation
import Model
import Testing

@testable import Exchange

@Suite struct ScheduleTests {
    static let midnight = Date(timeIntervalSince1970: 1_767_196_800)  // 2026-01-01 00:00 in Asia/Shanghai

    static func entry(
        _ name: String = "a", cron: String? = "15 2 * * *", jitter: Double = 0,
        overlap: Entry.Schedule.Overlap = .skip, catchUp: Double = 0, reconcile: String? = nil
    ) -> Entry {
        var entry = Entry(
            name: name, title: name, department: "d", source: Entry.Source(system: "s", adapter: "http-json"),
            key: ["id"], fields: [Field(name: "id", title: "id", source: .path("id"))])
        entry.schedule = cron.map {
            Entry.Schedule(cron: CronExpression(text: $0), jitter: jitter, overlap: overlap, catchUp: catchUp)
        }
        if let reconcile {
            entry.delivery = .delta(
                Entry.Delta(parameter: "since", field: "id", reconcile: CronExpression(text: reconcile)))
        }
        return entry
    }

    static func at(_ hours: Double) -> Date { midnight.addingTimeInterval(hours * 3600) }

    /// A schedule that has seen its entry run before.
    static func schedule(
        _ entry: Entry, from start: Date = midnight, hours: SourceSystem.Hours? = nil, lastStart: Date? = nil
    ) -> Schedule {
        var schedule = Schedule(startedAt: start)
        schedule.adopt([Schedule.Item(entry: entry, hours: hours, lastStart: lastStart ?? start)], at: start)
        return schedule
    }

    static func failed(_ code: FaultCode, retryAfter: Double? = nil) -> Run {
        Run(
            number: 1, entry: "a", version: 1, state: .failed, trigger: .schedule, startedAt: "",
            fault: Fault(code, "x", retryAfter: retryAfter))
    }

    static func published() -> Run { Run(number: 1, entry: "a", version: 1, state: .published, startedAt: "") }

    @Test func startsInTheEntrysTimeZone() {
        var schedule = Self.schedule(Self.entry())
        #expect(schedule.due(at: Self.at(2.24)).isEmpty)
        #expect(schedule.nextMoment(after: Self.at(2.24)) == Self.at(2.25))
        #expect(schedule.due(at: Self.at(2.25)) == [Schedule.Start(entry: "a", trigger: .schedule)])
        schedule.ended(Self.published(), of: "a", at: Self.at(2.3))
        #expect(schedule.due(at: Self.at(2.4)).isEmpty)
        #expect(schedule.nextStart(of: "a", after: Self.at(2.4)) == Self.at(26.25))
    }

    @Test func jitterIsTheSameEveryTimeAndSpreadsEntries() {
        let starts = (0..<50).compactMap { number in
            Timetable(Self.entry("entry-\(number)", jitter: 300))?.next(after: Self.midnight)?.start
        }
        let again = (0..<50).compactMap { number in
            Timetable(Self.entry("entry-\(number)", jitter: 300))?.next(after: Self.midnight)?.start
        }
        #expect(starts == again)
        #expect(Set(starts).count > 40)
        #expect(starts.allSatisfy { $0 >= Self.at(2.25) && $0 < Self.at(2.25).addingTimeInterval(300) })
    }

    @Test func jitterLosesNoSlotAndAddsNone() {
        let entry = Self.entry(cron: "*/10 * * * *", jitter: 120)
        var schedule = Self.schedule(entry)
        var count = 0
        for second in stride(from: 0.0, to: 86_400, by: 30) {
            let now = Self.midnight.addingTimeInterval(second)
            count += schedule.due(at: now).count
            schedule.ended(Self.published(), of: "a", at: now)
        }
        // The slot of midnight itself may start after it.
        #expect((143...144).contains(count))
    }

    @Test func overlapSkips() {
        var schedule = Self.schedule(Self.entry(cron: "0 * * * *"))
        #expect(schedule.due(at: Self.at(1)).count == 1)
        #expect(schedule.due(at: Self.at(2)).isEmpty)
        schedule.ended(Self.published(), of: "a", at: Self.at(2.5))
        #expect(schedule.due(at: Self.at(2.6)).isEmpty)
        #expect(schedule.due(at: Self.at(3)).count == 1)
    }

    @Test func overlapBuffersOne() {
        var schedule = Self.schedule(Self.entry(cron: "0 * * * *", overlap: .bufferOne))
        #expect(schedule.due(at: Self.at(1)).count == 1)
        #expect(schedule.due(at: Self.at(2)).isEmpty)
        #expect(schedule.due(at: Self.at(3)).isEmpty)
        schedule.ended(Self.published(), of: "a", at: Self.at(3.5))
        #expect(schedule.due(at: Self.at(3.5)).count == 1)
        schedule.ended(Self.published(), of: "a", at: Self.at(3.6))
        #expect(schedule.due(at: Self.at(3.7)).isEmpty)
    }

    @Test func aRunOfSomebodyElseCountsAsOverlap() {
        var schedule = Self.schedule(Self.entry(cron: "0 * * * *"))
        #expect(schedule.due(at: Self.at(1), busy: ["a"]).isEmpty)
        #expect(schedule.due(at: Self.at(1.1)).isEmpty)
    }

    @Test func downtimeIsMadeUpForOnce() {
        let entry = Self.entry(cron: "0 * * * *", catchUp: 12 * 3600)
        var schedule = Self.schedule(entry, from: Self.at(10.5), lastStart: Self.at(2))
        #expect(schedule.due(at: Self.at(10.5)) == [Schedule.Start(entry: "a", trigger: .catchUp)])
        schedule.ended(Self.published(), of: "a", at: Self.at(10.6))
        #expect(schedule.due(at: Self.at(10.7)).isEmpty)
    }

    @Test func longDowntimeIsNotMadeUpFor() {
        let entry = Self.entry(catchUp: 4 * 3600)
        var schedule = Self.schedule(entry, from: Self.at(7), lastStart: Self.at(-21.75))
        #expect(schedule.due(at: Self.at(7)).isEmpty)
    }

    @Test func withoutCatchUpNothingIsMadeUpFor() {
        var schedule = Self.schedule(Self.entry(), from: Self.at(3), lastStart: Self.at(-21.75))
        #expect(schedule.due(at: Self.at(3)).isEmpty)
    }

    @Test func reconcilesWithASnapshot() {
        let entry = Self.entry(cron: "0 * * * *", reconcile: "0 3 * * *")
        var schedule = Self.schedule(entry)
        #expect(schedule.due(at: Self.at(1)) == [Schedule.Start(entry: "a", trigger: .schedule)])
        schedule.ended(Self.published(), of: "a", at: Self.at(1.1))
        _ = schedule.due(at: Self.at(2))
        schedule.ended(Self.published(), of: "a", at: Self.at(2.1))
        #expect(schedule.due(at: Self.at(3)) == [Schedule.Start(entry: "a", trigger: .reconcile, isReconcile: true)])
    }

    @Test func retriesThreeTimesWhereItCanHelp() {
        var schedule = Self.schedule(Self.entry())
        var now = Self.at(2.25)
        #expect(schedule.due(at: now).count == 1)
        for delay in [60.0, 300, 900] {
            schedule.ended(Self.failed(.sourceTimeout), of: "a", at: now)
            #expect(schedule.due(at: now.addingTimeInterval(delay - 1)).isEmpty)
            now = now.addingTimeInterval(delay)
            #expect(schedule.nextMoment(after: now.addingTimeInterval(-1)) == now)
            #expect(schedule.due(at: now).count == 1)
        }
        schedule.ended(Self.failed(.sourceTimeout), of: "a", at: now)
        #expect(schedule.due(at: now.addingTimeInterval(7200)).isEmpty)
    }

    @Test func doesNotRetryWhereItCannotHelp() {
        var schedule = Self.schedule(Self.entry())
        _ = schedule.due(at: Self.at(2.25))
        schedule.ended(Self.failed(.sourceUnauthorized), of: "a", at: Self.at(2.25))
        #expect(schedule.due(at: Self.at(5)).isEmpty)
    }

    @Test func waitsAsLongAsTheSourceAsks() {
        var schedule = Self.schedule(Self.entry())
        _ = schedule.due(at: Self.at(2.25))
        schedule.ended(Self.failed(.sourceBusy, retryAfter: 600), of: "a", at: Self.at(2.25))
        #expect(schedule.due(at: Self.at(2.25).addingTimeInterval(599)).isEmpty)
        #expect(schedule.due(at: Self.at(2.25).addingTimeInterval(600)).count == 1)
    }

    @Test func pausedEntriesDoNotStart() {
        let entry = Self.entry(cron: "0 * * * *")
        var schedule = Self.schedule(entry)
        schedule.adopt([Schedule.Item(entry: entry, isPaused: true)], at: Self.at(0.5))
        #expect(schedule.due(at: Self.at(1)).isEmpty)
        #expect(schedule.nextStart(of: "a", after: Self.at(1)) == nil)
        schedule.adopt([Schedule.Item(entry: entry)], at: Self.at(1.5))
        #expect(schedule.due(at: Self.at(1.5)).isEmpty)
        #expect(schedule.due(at: Self.at(2)).count == 1)
    }

    @Test func aSystemsHoursMakeARunWait() {
        // 02:15, but the system may be asked from 20:00 to 02:00 only.
        let hours = SourceSystem.Hours(from: 20 * 60, to: 2 * 60)
        var schedule = Self.schedule(Self.entry(), hours: hours)
        #expect(schedule.due(at: Self.at(2.25)).isEmpty)
        #expect(schedule.nextMoment(after: Self.at(2.25)) == Self.at(20))
        #expect(schedule.due(at: Self.at(20)).count == 1)
    }

    @Test func aNewEntryRunsAtOnceAndOneWithoutScheduleNever() {
        var schedule = Schedule(startedAt: Self.midnight)
        schedule.adopt(
            [Schedule.Item(entry: Self.entry()), Schedule.Item(entry: Self.entry("b", cron: nil))], at: Self.midnight)
        #expect(schedule.due(at: Self.midnight) == [Schedule.Start(entry: "a", trigger: .registration)])
    }

    @Test func anInterruptedRunIsTakenUpAtOnce() {
        var schedule = Schedule(startedAt: Self.midnight)
        schedule.adopt(
            [Schedule.Item(entry: Self.entry(cron: nil), lastStart: Self.at(-1), isInterrupted: true)],
            at: Self.midnight)
        #expect(schedule.due(at: Self.midnight) == [Schedule.Start(entry: "a", trigger: .catchUp)])
    }

    @Test func anotherScheduleCountsAtOnce() {
        var schedule = Self.schedule(Self.entry(cron: "0 5 * * *"))
        #expect(schedule.due(at: Self.at(1)).isEmpty)
        #expect(schedule.nextMoment(after: Self.at(1)) == Self.at(5))
        schedule.adopt([Schedule.Item(entry: Self.entry(cron: "0 2 * * *"))], at: Self.at(1))
        #expect(schedule.due(at: Self.at(1.9)).isEmpty)
        #expect(schedule.due(at: Self.at(2)) == [Schedule.Start(entry: "a", trigger: .schedule)])
        schedule.ended(Self.published(), of: "a", at: Self.at(2.1))
        schedule.adopt([Schedule.Item(entry: Self.entry(cron: "0 5 * * *"))], at: Self.at(2.2))
        #expect(schedule.due(at: Self.at(2.2)).isEmpty)
        #expect(schedule.nextMoment(after: Self.at(2.2)) == Self.at(5))
    }

    @Test func aThousandThatAreDueTogetherStartTogetherAndOnce() {
        var schedule = Schedule(startedAt: Self.midnight)
        let items = (0..<1000).map { number in
            Schedule.Item(entry: Self.entry("entry-\(number)", cron: "0 2 * * *"), lastStart: Self.midnight)
        }
        schedule.adopt(items, at: Self.midnight)
        let starts = schedule.due(at: Self.at(2))
        #expect(starts.count == 1000)
        #expect(starts.map(\.entry) == starts.map(\.entry).sorted())
        #expect(schedule.due(at: Self.at(2.001)).isEmpty)
        for start in starts { schedule.ended(Self.published(), of: start.entry, at: Self.at(2.01)) }
        #expect(schedule.due(at: Self.at(2.02)).isEmpty)
        #expect(schedule.nextMoment(after: Self.at(2.02)) == Self.at(26))
    }

    @Test func aRemovedEntryStops() {
        var schedule = Self.schedule(Self.entry())
        schedule.adopt([], at: Self.at(1))
        #expect(schedule.due(at: Self.at(2.25)).isEmpty)
    }

    @Test func aClockThatJumpsBackStartsNothingTwice() {
        var schedule = Self.schedule(Self.entry())
        #expect(schedule.due(at: Self.at(2.25)).count == 1)
        schedule.ended(Self.published(), of: "a", at: Self.at(2.3))
        #expect(schedule.due(at: Self.at(1)).isEmpty)
        #expect(schedule.due(at: Self.at(2.25)).isEmpty)
    }

    /// Entries of two systems that are all due at 02:15.
    private static func manyDue() -> Schedule {
        var schedule = Schedule(startedAt: midnight)
        let items = [("a", "s"), ("b", "s"), ("c", "t")].map { name, system in
            var entry = entry(name)
            entry.source.system = system
            return Schedule.Item(entry: entry, lastStart: midnight)
        }
        schedule.adopt(items, at: midnight)
        return schedule
    }

    @Test func runsOfASystemThatIsLeftAloneArePutOffAndNotLost() {
        var schedule = Self.manyDue()
        let open = [CircuitStatus(system: "s", state: .open, failures: 5)]
        #expect(schedule.due(at: Self.at(2.25), circuits: open).map(\.entry) == ["c"])
        #expect(schedule.due(at: Self.at(2.26), circuits: open).isEmpty)
        #expect(schedule.due(at: Self.at(2.27)).map(\.entry) == ["a", "b"])
    }

    @Test func whereACircuitIsHalfOpenOneRunGoesAhead() {
        var schedule = Self.manyDue()
        let halfOpen = [CircuitStatus(system: "s", state: .halfOpen, failures: 5)]
        #expect(schedule.due(at: Self.at(2.25), circuits: halfOpen).map(\.entry) == ["a", "c"])
        #expect(schedule.due(at: Self.at(2.26), circuits: halfOpen).isEmpty)
        schedule.ended(Self.failed(.sourceTimeout), of: "a", at: Self.at(2.27))
        #expect(schedule.due(at: Self.at(2.28), circuits: halfOpen).map(\.entry) == ["b"])
    }

    @Test func aCircuitThatOnlyCountsKeepsNobodyWaiting() {
        var schedule = Self.manyDue()
        let closed = [CircuitStatus(system: "s", state: .closed, failures: 2)]
        #expect(schedule.due(at: Self.at(2.25), circuits: closed).map(\.entry) == ["a", "b", "c"])
    }
}
