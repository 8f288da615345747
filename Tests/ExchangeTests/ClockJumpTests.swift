import Foundation
import Model
import Testing

@testable import Exchange

/// Clocks that jump: set by hand, by a server of time, or read as the time of another zone.
@Suite struct ClockJumpTests {
    private typealias Times = ScheduleTests

    private static func starts(_ schedule: inout Schedule, at hours: Double) -> Int {
        let starts = schedule.due(at: Times.at(hours)).count
        if starts > 0 { schedule.ended(Times.published(), of: "a", at: Times.at(hours)) }
        return starts
    }

    @Test func aJumpForwardsIsOneStartHoweverManyItPasses() {
        var schedule = Times.schedule(Times.entry(cron: "0 * * * *", catchUp: 12 * 3600))
        #expect(Self.starts(&schedule, at: 1) == 1)
        #expect(Self.starts(&schedule, at: 72.5) == 1)
        #expect(Self.starts(&schedule, at: 72.6) == 0)
        #expect(Self.starts(&schedule, at: 73) == 1)
    }

    /// Eight hours, for example, where a machine kept local time and was thought to keep UTC.
    @Test(arguments: [8.0, 24.0, 8_760.0]) func whatWasAheadGoesOnWhenItIsRightAgain(_ jump: Double) {
        var schedule = Times.schedule(Times.entry(cron: "0 * * * *"))
        #expect(Self.starts(&schedule, at: 1) == 1)
        #expect(Self.starts(&schedule, at: 1 + jump) == 1)
        #expect(Self.starts(&schedule, at: 1.5) == 0, "nothing is due just then")
        #expect(Self.starts(&schedule, at: 2) == 1)
        #expect(Self.starts(&schedule, at: 3) == 1)
    }

    @Test func aRetryPlannedByAClockThatWasAheadIsLeftToTheSchedule() {
        var schedule = Times.schedule(Times.entry())
        #expect(schedule.due(at: Times.at(2.25)).count == 1)
        schedule.ended(Times.failed(.sourceTimeout), of: "a", at: Times.at(24 * 365))
        #expect(schedule.due(at: Times.at(3)).isEmpty)
        #expect(Self.starts(&schedule, at: 26.25) == 1)
        #expect(schedule.nextStart(of: "a", after: Times.at(27)) == Times.at(50.25))
    }

    /// The last run is dated by the clock that was wrong; the daemon starts with one that is right.
    @Test func aRunInTheFutureKeepsNothingFromStarting() {
        var schedule = Times.schedule(Times.entry(), lastStart: Times.at(24 * 365))
        #expect(Self.starts(&schedule, at: 2.25) == 1)
    }
}
