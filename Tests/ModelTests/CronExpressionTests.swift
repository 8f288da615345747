import Foundation
import Testing

@testable import Model

@Suite("A cron pattern names times on a wall clock")
struct CronExpressionTests {
    static let shanghai = "Asia/Shanghai"

    private func next(_ pattern: String, after time: String, in zone: String = shanghai, count: Int = 1) throws
        -> [String]
    {
        let timeZone = try #require(TimeZone(identifier: zone))
        let cron = try CronExpression(parsing: pattern)
        let style = Date.ISO8601FormatStyle(timeZone: timeZone)
        var date = try style.parse(time)
        var times: [String] = []
        for _ in 0..<count {
            guard let next = cron.next(after: date, in: timeZone) else { break }
            #expect(next > date)
            times.append(style.format(next))
            date = next
        }
        return times
    }

    @Test(
        "In a zone without summer time",
        arguments: [
            ("15 2 * * *", "2026-11-23T02:14:59+08:00", "2026-11-23T02:15:00+0800"),
            ("15 2 * * *", "2026-11-23T02:15:00+08:00", "2026-11-24T02:15:00+0800"),
            ("*/15 8-18 * * mon-fri", "2026-11-20T18:45:00+08:00", "2026-11-23T08:00:00+0800"),
            ("0 3 * * 0", "2026-11-23T00:00:00+08:00", "2026-11-29T03:00:00+0800"),
            ("0 3 * * 7", "2026-11-23T00:00:00+08:00", "2026-11-29T03:00:00+0800"),
            ("0 0 1 jan,JUL *", "2026-02-01T00:00:00+08:00", "2026-07-01T00:00:00+0800"),
            ("0 0 13 * fri", "2026-11-14T00:00:00+08:00", "2026-11-20T00:00:00+0800"),
            ("0 0 13 * fri", "2026-12-11T00:00:00+08:00", "2026-12-13T00:00:00+0800"),
            ("0 0 31 * *", "2026-08-31T00:00:00+08:00", "2026-10-31T00:00:00+0800"),
            ("0 0 29 2 *", "2026-01-01T00:00:00+08:00", "2028-02-29T00:00:00+0800"),
            ("0 0 29 2 *", "2096-03-01T00:00:00+08:00", "2104-02-29T00:00:00+0800"),
            ("59 23 31 12 *", "2026-12-31T23:59:00+08:00", "2027-12-31T23:59:00+0800"),
            ("5-59/20 * * * *", "2026-11-23T10:45:00+08:00", "2026-11-23T11:05:00+0800"),
        ])
    func shanghai(pattern: String, after: String, expected: String) throws {
        #expect(try next(pattern, after: after) == [expected])
    }

    @Test("A time that clocks skip counts at the moment of the change, once")
    func forward() throws {
        // Berlin, 29 March 2026: 02:00 +01:00 becomes 03:00 +02:00.
        let times = try next("30 2 * * *", after: "2026-03-28T02:30:00+01:00", in: "Europe/Berlin", count: 2)
        #expect(times == ["2026-03-29T03:00:00+0200", "2026-03-30T02:30:00+0200"])
    }

    @Test("A time that clocks show twice counts once; with every hour it goes on in even steps")
    func backward() throws {
        // Berlin, 25 October 2026: 03:00 +02:00 becomes 02:00 +01:00.
        let once = try next("30 2 * * *", after: "2026-10-24T12:00:00+02:00", in: "Europe/Berlin", count: 2)
        #expect(once == ["2026-10-25T02:30:00+0200", "2026-10-26T02:30:00+0100"])
        let even = try next("*/30 * * * *", after: "2026-10-25T02:15:00+02:00", in: "Europe/Berlin", count: 4)
        #expect(
            even == [
                "2026-10-25T02:30:00+0200", "2026-10-25T02:00:00+0100", "2026-10-25T02:30:00+0100",
                "2026-10-25T03:00:00+0100",
            ])
    }

    @Test("Clocks set back over midnight")
    func overMidnight() throws {
        // Havana, 1 November 2026: 01:00 -04:00 becomes 00:00 -05:00.
        let times = try next("0 0 * * *", after: "2026-10-31T12:00:00-04:00", in: "America/Havana", count: 2)
        #expect(times == ["2026-11-01T00:00:00-0400", "2026-11-02T00:00:00-0500"])
    }

    @Test("What never comes has no next time")
    func never() throws {
        #expect(try next("0 0 30 2 *", after: "2026-01-01T00:00:00+08:00") == [])
        #expect(CronExpression(text: "nonsense").next(after: .now, in: .gmt) == nil)
    }

    @Test(
        "What is no pattern says why",
        arguments: [
            ("0 2 * *", "`0 2 * *` has 4 fields"),
            ("0 0 2 * * *", "`0 0 2 * * *` has 6 fields"),
            ("@daily", "a name like `@daily` is not read"),
            ("60 2 * * *", "`60` is no minute"),
            ("0 24 * * *", "`24` is no hour"),
            ("0 2 0 * *", "`0` is no day of month"),
            ("0 2 * foo *", "`foo` is no month"),
            ("0 2 * * 8", "`8` is no day of week"),
            ("0 2 * * fri-mon", "`fri-mon` is no day of week"),
            ("*/0 2 * * *", "`*/0` is no minute"),
            ("5/15 2 * * *", "`5/15` is no minute"),
            ("1,,2 2 * * *", "`` is no minute"),
            ("-1 2 * * *", "`-1` is no minute"),
            ("1-2-3 2 * * *", "`1-2-3` is no minute"),
        ])
    func invalid(pattern: String, message: String) {
        #expect(throws: CronExpression.Invalid.self) { try CronExpression(parsing: pattern) }
        do {
            _ = try CronExpression(parsing: pattern)
        } catch {
            #expect(error.message == message)
            #expect(error.advice.hasPrefix("Write "))
        }
    }

    @Test("It is stored as its text")
    func coding() throws {
        let cron = try CronExpression(parsing: "15 2 * * *")
        let data = try JSONEncoder().encode([cron])
        #expect(String(decoding: data, as: UTF8.self) == #"["15 2 * * *"]"#)
        #expect(try JSONDecoder().decode([CronExpression].self, from: data) == [cron])
    }

    @Test("Days are those of the Gregorian calendar")
    func civilDays() {
        #expect(CivilDay(0) == CivilDay(-1).following)
        var day = CivilDay(-200_000)
        for number in -199_999...200_000 {
            let next = CivilDay(number)
            if next != day.following { Issue.record("day \(number)") }
            day = next
        }
        #expect(CivilDay(11_016).month == 2)
        #expect(CivilDay(11_016).day == 29)
    }
}

extension CivilDay {
    /// The next day, reckoned the slow way.
    fileprivate var following: CivilDay {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let weekday = (weekday + 1) % 7
        if day < lengths[month - 1] { return CivilDay(year: year, month: month, day: day + 1, weekday: weekday) }
        if month < 12 { return CivilDay(year: year, month: month + 1, day: 1, weekday: weekday) }
        return CivilDay(year: year + 1, month: 1, day: 1, weekday: weekday)
    }
}
