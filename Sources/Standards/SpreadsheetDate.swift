/// Days as spreadsheets count them, 1 being 1900-01-01 (ECMA-376 Part 1, §18.17.4.1): `44336` is 2021-05-20, `44336.5` noon.
///
/// They count a 1900-02-29 that never was, so numbers below 61 mean two things, and are not read.
public enum SpreadsheetDate {
    /// Day 0 of the count after that day, in days since 1970: 1899-12-30.
    private static let zero = -25_569
    private static let firstSure = 61

    /// Reads a trimmed ASCII number: digits, and a fraction of the day, which is rounded to a second.
    ///
    /// - Throws: `unreadable` for anything else, `impossible` for days before 1900-03-01 and after 9999.
    public static func read(_ bytes: Span<UInt8>) throws(TimeProblem) -> Moment {
        let run = digitRun(bytes, from: 0)
        guard run > 0 else { throw .unreadable }
        var second = 0
        if run < bytes.count {
            guard bytes[run] == 0x2E, run + 1 < bytes.count, isDigits(bytes, run + 1..<bytes.count) else {
                throw .unreadable
            }
            second = seconds(bytes, run + 1..<min(bytes.count, run + 10))
        }
        guard run <= 7, case let serial = number(bytes, 0..<run), serial >= firstSure,
            let date = CalendarDate(dayNumber: serial + zero), let moment = Moment(date: date, second: second)
        else { throw .impossible }
        return moment
    }

    /// The digits of a fraction of a day, as its nearest second.
    private static func seconds(_ bytes: Span<UInt8>, _ digits: Range<Int>) -> Int {
        var scale = 1
        for _ in digits { scale *= 10 }
        return (number(bytes, digits) * 86_400 * 2 + scale) / (scale * 2)
    }
}
