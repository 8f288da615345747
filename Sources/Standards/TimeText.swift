/// Why a text is not a date or a time.
public enum TimeProblem: Error, Sendable, Equatable {
    /// Not written in any form that is known, or in another than the one asked for.
    case unreadable
    /// Well written, but the calendar or the clock has no such time: 2021-02-30, 25:00.
    case impossible
}

extension CalendarDate {
    /// Reads a day in any of the forms departments write: `20210520`, `2021-5-20`, `2021/5/20`, `2021.5.20`, `2021年5月20日`,
    /// with full-width digits, and ISO 8601 with a time, of which the day in Shanghai counts. The text is trimmed.
    public init(reading bytes: Span<UInt8>) throws(TimeProblem) {
        if bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D, isDigits(bytes, 0..<4), isDigits(bytes, 5..<7),
            isDigits(bytes, 8..<10)
        {
            self = try Self.day(number(bytes, 0..<4), number(bytes, 5..<7), number(bytes, 8..<10))
        } else if bytes.count == 8, isDigits(bytes, 0..<8) {
            self = try Self.day(number(bytes, 0..<4), number(bytes, 4..<6), number(bytes, 6..<8))
        } else if let day = try Self.zoned(bytes) {
            self = day
        } else {
            self = try Moment(reading: bytes).date
        }
    }

    /// `2021-05-20+08:00` and `2021-05-20Z` of XML Schema (Part 2, §3.3.9): a day somewhere is that day, wherever it is read.
    private static func zoned(_ bytes: Span<UInt8>) throws(TimeProblem) -> CalendarDate? {
        guard bytes.count > 10, ASCII.holds(bytes) else { return nil }
        switch bytes[10] {
        case 0x2B, 0x2D, 0x5A, 0x7A: break
        default: return nil
        }
        _ = try Moment(reading: bytes)
        return try CalendarDate(reading: bytes.extracting(0..<10))
    }

    static func day(_ year: Int, _ month: Int, _ day: Int) throws(TimeProblem) -> CalendarDate {
        guard let date = CalendarDate(year: year, month: month, day: day) else { throw .impossible }
        return date
    }
}

extension Moment {
    /// Reads a time in any of the forms departments write: the forms of a date alone (midnight), or followed by blank or
    /// `T` and `10:15`, `10:15:30`, `10:15:30.25`, `10时15分30秒`; `20261123101500`; with `Z`, `+08:00`, `+0800` or `+08`
    /// where it is not Shanghai's time; `2021-05-20+08:00` (the midnight there); `二〇二一年五月二十日`, `2021 年 5 月 20 日`;
    /// `/Date(1621440000000)/` of OData 2; and words for "without end",
    /// as 9999-12-31. Bare numbers of seconds since 1970 are not read: nothing tells them from other numbers.
    public init(reading bytes: Span<UInt8>) throws(TimeProblem) {
        if ASCII.holds(bytes) {
            self = try bytes.count > 0 && bytes[0] == 0x2F ? Self.ticks(bytes) : Self.read(bytes)
        } else if ChineseTime.isWithoutEnd(bytes) {
            self = try Self.moment(.longTerm, 0)
        } else {
            let written = ChineseTime.ascii(bytes)
            self = try Self.read(written.span)
        }
    }

    private static func read(_ bytes: Span<UInt8>) throws(TimeProblem) -> Moment {
        var index = 0
        let run = digitRun(bytes, from: 0)
        let date: CalendarDate
        switch run {
        case 12, 14, 17: return try compact(bytes, digits: run)
        case 8:
            date = try .day(number(bytes, 0..<4), number(bytes, 4..<6), number(bytes, 6..<8))
            index = 8
        case 4: date = try separatedDate(bytes, &index)
        default: throw .unreadable
        }
        guard index < bytes.count else { return try moment(date, 0) }
        switch bytes[index] {
        case 0x54, 0x74, 0x20: index += 1
        case 0x2B, 0x2D, 0x5A, 0x7A:
            let offset = try zone(bytes, &index)
            guard index == bytes.count else { throw .unreadable }
            return try moment(date, 0, offset: offset)
        default: throw .unreadable
        }
        skipBlanks(bytes, &index)
        return try timeOfDay(bytes, &index, date: date)
    }

    /// `yyyyMMddHHmm`, `yyyyMMddHHmmss` and `yyyyMMddHHmmssSSS`, nothing after them.
    private static func compact(_ bytes: Span<UInt8>, digits: Int) throws(TimeProblem) -> Moment {
        guard bytes.count == digits else { throw .unreadable }
        let date = try CalendarDate.day(number(bytes, 0..<4), number(bytes, 4..<6), number(bytes, 6..<8))
        let second = digits > 12 ? number(bytes, 12..<14) : 0
        let milliseconds = digits > 14 ? number(bytes, 14..<17) : 0
        return try moment(
            date, clock(number(bytes, 8..<10), number(bytes, 10..<12), second), nanosecond: milliseconds * 1_000_000)
    }

    private static func separatedDate(_ bytes: Span<UInt8>, _ index: inout Int) throws(TimeProblem) -> CalendarDate {
        index = 4
        skipBlanks(bytes, &index)
        guard index < bytes.count, case let separator = bytes[index], 0x2D...0x2F ~= separator else {
            throw .unreadable
        }
        try pass(separator, bytes, &index)
        let month = try smallNumber(bytes, &index)
        try pass(separator, bytes, &index)
        let day = try smallNumber(bytes, &index)
        return try .day(number(bytes, 0..<4), month, day)
    }

    /// A separator, and the blanks that some put around it.
    private static func pass(_ separator: UInt8, _ bytes: Span<UInt8>, _ index: inout Int) throws(TimeProblem) {
        skipBlanks(bytes, &index)
        guard index < bytes.count, bytes[index] == separator else { throw .unreadable }
        index += 1
        skipBlanks(bytes, &index)
    }

    private static func timeOfDay(
        _ bytes: Span<UInt8>, _ index: inout Int, date: CalendarDate
    ) throws(TimeProblem) -> Moment {
        let seconds = try clockTime(bytes, &index)
        let nanosecond = try fraction(bytes, &index)
        skipBlanks(bytes, &index)
        let offset = try zone(bytes, &index)
        guard index == bytes.count else { throw .unreadable }
        return try moment(date, seconds, nanosecond: nanosecond, offset: offset)
    }

    /// `H:mm`, `HH:mm`, `HH:mm:ss`, `HHmm` or `HHmmss`.
    private static func clockTime(_ bytes: Span<UInt8>, _ index: inout Int) throws(TimeProblem) -> Int {
        let run = digitRun(bytes, from: index)
        if run == 4 || run == 6 {
            let start = index
            index += run
            return try clock(
                number(bytes, start..<start + 2), number(bytes, start + 2..<start + 4),
                run == 6 ? number(bytes, start + 4..<start + 6) : 0)
        }
        let hour = try smallNumber(bytes, &index)
        guard index < bytes.count, bytes[index] == 0x3A else { throw .unreadable }
        index += 1
        let minute = try smallNumber(bytes, &index)
        guard index < bytes.count, bytes[index] == 0x3A else { return try clock(hour, minute, 0) }
        index += 1
        return try clock(hour, minute, smallNumber(bytes, &index))
    }

    private static func fraction(_ bytes: Span<UInt8>, _ index: inout Int) throws(TimeProblem) -> Int {
        guard index < bytes.count, bytes[index] == 0x2E || bytes[index] == 0x2C else { return 0 }
        index += 1
        let run = digitRun(bytes, from: index)
        guard run >= 1, run <= 9 else { throw .unreadable }
        var value = number(bytes, index..<index + run)
        for _ in run..<9 { value *= 10 }
        index += run
        return value
    }

    /// Minutes ahead of UTC; Shanghai's where nothing is said.
    private static func zone(_ bytes: Span<UInt8>, _ index: inout Int) throws(TimeProblem) -> Int {
        guard index < bytes.count else { return shanghai }
        let sign = bytes[index]
        index += 1
        if sign == 0x5A || sign == 0x7A { return 0 }
        guard sign == 0x2B || sign == 0x2D else { throw .unreadable }
        let run = digitRun(bytes, from: index)
        guard run == 2 || run == 4 else { throw .unreadable }
        let hours = number(bytes, index..<index + 2)
        var minutes = run == 4 ? number(bytes, index + 2..<index + 4) : 0
        index += run
        if run == 2, index + 3 == bytes.count, bytes[index] == 0x3A, isDigits(bytes, index + 1..<index + 3) {
            minutes = number(bytes, index + 1..<index + 3)
            index += 3
        }
        guard hours <= 14, minutes < 60 else { throw .impossible }
        return (sign == 0x2D ? -1 : 1) * (hours * 60 + minutes)
    }

    /// Seconds of the day; 24:00:00 is the day's end.
    static func clock(_ hour: Int, _ minute: Int, _ second: Int) throws(TimeProblem) -> Int {
        let isMidnight = hour == 24 && minute == 0 && second == 0
        guard isMidnight || (hour < 24 && minute < 60 && second < 60) else { throw .impossible }
        return hour * 3_600 + minute * 60 + second
    }

    static func moment(
        _ date: CalendarDate, _ second: Int, nanosecond: Int = 0, offset: Int = shanghai
    ) throws(TimeProblem) -> Moment {
        guard let moment = Moment(date: date, second: second, nanosecond: nanosecond, offset: offset) else {
            throw .impossible
        }
        return moment
    }

    /// A number of one or two digits.
    private static func smallNumber(_ bytes: Span<UInt8>, _ index: inout Int) throws(TimeProblem) -> Int {
        let run = digitRun(bytes, from: index)
        guard run == 1 || run == 2 else { throw .unreadable }
        let value = number(bytes, index..<index + run)
        index += run
        return value
    }
}

/// How many digits stand from `start` on, counted up to 18.
func digitRun(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, index - start < 18, digitValue(bytes[index]) >= 0 { index += 1 }
    return index - start
}

/// Passes blanks.
func skipBlanks(_ bytes: Span<UInt8>, _ index: inout Int) {
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
}
