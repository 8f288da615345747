/// A day of the Gregorian calendar, written as GB/T 7408.1 (ISO 8601-1) has it: `2021-05-20`.
public struct CalendarDate: Sendable, Equatable, Comparable {
    public let year: Int
    public let month: Int
    public let day: Int

    /// What registers write for "without end" (长期).
    public static let longTerm = CalendarDate(unchecked: 9999, 12, 31)

    /// - Returns: nil where the calendar has no such day, or the year is not of four digits.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.isDay(year: year, month: month, day: day) else { return nil }
        self.init(unchecked: year, month, day)
    }

    private init(unchecked year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Days since 1970-01-01.
    public var dayNumber: Int {
        // Years from March on, so that the leap day is the last of its year.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// - Returns: nil where the year is not of four digits.
    public init?(dayNumber: Int) {
        let days = dayNumber + 719_468
        guard days >= 0 else { return nil }
        let era = days / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.init(year: year, month: month, day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// Whether the calendar has this day, in a year of four digits.
    public static func isDay(year: Int, month: Int, day: Int) -> Bool {
        guard year >= 1000, year <= 9999, month >= 1, month <= 12, day >= 1 else { return false }
        return day <= 28 || day <= length(ofMonth: month, year: year)
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// Appends the normal form: ten ASCII bytes.
    public func append(to output: inout [UInt8]) {
        appendDigits(year / 100, to: &output)
        appendDigits(year % 100, to: &output)
        output.append(0x2D)
        appendDigits(month, to: &output)
        output.append(0x2D)
        appendDigits(day, to: &output)
    }
}

/// Appends a number below 100 as two digits.
@inline(__always)
func appendDigits(_ value: Int, to output: inout [UInt8]) {
    output.append(UInt8(truncatingIfNeeded: 0x30 + value / 10))
    output.append(UInt8(truncatingIfNeeded: 0x30 + value % 10))
}
