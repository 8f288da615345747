import Foundation

/// The sets of numbers that a cron pattern names.
struct CronPattern: Sendable {
    let minutes: CronField
    let hours: CronField
    let days: CronField
    let months: CronField
    let weekdays: CronField

    init(_ text: String) throws(CronExpression.Invalid) {
        let parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard parts.count == 5 else { throw Self.wrongCount(text, parts.count) }
        minutes = try CronField(parts[0], .minute)
        hours = try CronField(parts[1], .hour)
        days = try CronField(parts[2], .day)
        months = try CronField(parts[3], .month)
        weekdays = try CronField(parts[4], .weekday)
    }

    private static func wrongCount(_ text: String, _ count: Int) -> CronExpression.Invalid {
        let shape = "Write five: minute, hour, day of month, month, day of week, as in `15 2 * * *`."
        if text.hasPrefix("@") {
            return .init(message: "a name like `\(text)` is not read", advice: shape)
        }
        return .init(
            message: "`\(text)` has \(count) \(count == 1 ? "field" : "fields")",
            advice: count == 6 ? shape + " Seconds cannot be given." : shape)
    }

    /// Day of month or day of week: where both are restricted, either suffices.
    func includes(_ day: CivilDay) -> Bool {
        guard months.contains(day.month) else { return false }
        let isDay = days.contains(day.day)
        let isWeekday = weekdays.contains(day.weekday)
        return days.isStar || weekdays.isStar ? isDay && isWeekday : isDay || isWeekday
    }

    /// The first time of a day that is after `date`.
    ///
    /// Wall times far from `now` need no look at the zone: no clock is set back by more than three hours.
    func first(on day: Int, after date: Date, now: Int, clock: WallClock) -> Date? {
        if let offset = clock.steadyOffset(on: day) { return first(on: day, after: date, now: now, offset: offset) }
        let slack = 180
        var best: (date: Date, minute: Int)?
        for hour in 0..<24 where hours.contains(hour) {
            for minute in 0..<60 where minutes.contains(minute) {
                let wall = day * 1440 + hour * 60 + minute
                if wall < now - slack { continue }
                if let best, wall > best.minute + slack { return best.date }
                let moments = clock.moments(ofMinute: wall)
                for moment in hours.isStar ? moments[...] : moments.prefix(1)
                where moment > date && (best.map { moment < $0.date } ?? true) {
                    best = (moment, wall)
                }
            }
        }
        return best?.date
    }

    /// The same on a day near which no clock is set: wall times come in the order of moments, one each.
    private func first(on day: Int, after date: Date, now: Int, offset: Double) -> Date? {
        for hour in 0..<24 where hours.contains(hour) {
            for minute in 0..<60 where minutes.contains(minute) {
                let wall = day * 1440 + hour * 60 + minute
                guard wall >= now else { continue }
                let moment = Date(timeIntervalSince1970: Double(wall) * 60 - offset)
                if moment > date { return moment }
            }
        }
        return nil
    }
}

/// The numbers of one field of a cron pattern, one bit each.
struct CronField: Sendable {
    private var bits: UInt64 = 0
    /// Whether it begins with `*`: then it restricts nothing by itself.
    let isStar: Bool

    func contains(_ number: Int) -> Bool { bits & (1 << UInt64(number)) != 0 }

    init(_ text: String, _ kind: Kind) throws(CronExpression.Invalid) {
        isStar = text.hasPrefix("*")
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            try insert(String(part), kind)
        }
    }

    private mutating func insert(_ part: String, _ kind: Kind) throws(CronExpression.Invalid) {
        let halves = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard halves.count <= 2, let span = halves.first else { throw kind.invalid(part) }
        var step = 1
        if halves.count == 2 {
            guard let number = Int(halves[1]), number > 0, number <= kind.range.upperBound else {
                throw kind.invalid(part)
            }
            step = number
        }
        var range = kind.range
        if span != "*" {
            let ends = span.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            let first = try kind.number(ends[0], of: part)
            // `5/15` is read by some as 5, 20, 35 … and refused by others: we refuse it.
            if ends.count == 1, halves.count == 2 { throw kind.invalid(part) }
            let last = ends.count == 2 ? try kind.number(ends[1], of: part) : first
            guard ends.count <= 2, first <= last else { throw kind.invalid(part) }
            range = first...last
        }
        for number in stride(from: range.lowerBound, through: range.upperBound, by: step) {
            bits |= 1 << UInt64(kind.isWeekday && number == 7 ? 0 : number)
        }
    }

    /// Which of the five it is.
    struct Kind: Sendable {
        let name: String
        let range: ClosedRange<Int>
        let names: [String]
        let example: String

        var isWeekday: Bool { range.upperBound == 7 }

        static let minute = Kind(name: "minute", range: 0...59, names: [], example: "`0`, `*/15` or `0-30/10`")
        static let hour = Kind(name: "hour", range: 0...23, names: [], example: "`2`, `*/6` or `8-18`")
        static let day = Kind(name: "day of month", range: 1...31, names: [], example: "`*`, `1` or `1,15`")
        static let month = Kind(
            name: "month", range: 1...12,
            names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
            example: "`*`, `3` or `mar-may`")
        static let weekday = Kind(
            name: "day of week", range: 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
            example: "`*`, `0` (Sunday) or `mon-fri`")

        func number(_ text: String, of part: String) throws(CronExpression.Invalid) -> Int {
            if let index = names.firstIndex(of: text.lowercased()) { return index + range.lowerBound }
            guard let number = Int(text), range.contains(number), text.allSatisfy(\.isNumber) else {
                throw invalid(part)
            }
            return number
        }

        func invalid(_ part: String) -> CronExpression.Invalid {
            .init(
                message: "`\(part)` is no \(name)",
                advice: "Write \(range.lowerBound)–\(range.upperBound), for example \(example).")
        }
    }
}
