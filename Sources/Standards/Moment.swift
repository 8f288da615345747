/// A time of day on a day, in China's one time zone (UTC+8), to the nanosecond.
///
/// Normal form: `2026-11-23T10:15:00+08:00`, with a fraction only where there is one. Texts of normal form sort as the
/// moments do.
public struct Moment: Sendable, Equatable {
    public let date: CalendarDate
    public let secondOfDay: Int
    public let nanosecond: Int

    /// Minutes that Asia/Shanghai is ahead of UTC. It has had no other offset since 1991, and older texts mean it too.
    public static let shanghai = 480

    /// - Parameters:
    ///   - second: of the day; 86,400 is the next midnight, as ISO 8601 allows.
    ///   - offset: minutes ahead of UTC that the parts are given in.
    /// - Returns: nil where the year is not of four digits.
    public init?(date: CalendarDate, second: Int, nanosecond: Int = 0, offset: Int = Moment.shanghai) {
        if offset == Self.shanghai, second < 86_400 {
            self.init(unchecked: date, second, nanosecond)
            return
        }
        let total = date.dayNumber * 86_400 + second + (Self.shanghai - offset) * 60
        let day = total >= 0 ? total / 86_400 : (total - 86_399) / 86_400
        guard let shifted = CalendarDate(dayNumber: day) else { return nil }
        self.init(unchecked: shifted, total - day * 86_400, nanosecond)
    }

    private init(unchecked date: CalendarDate, _ second: Int, _ nanosecond: Int) {
        self.date = date
        self.secondOfDay = second
        self.nanosecond = nanosecond
    }

    /// Appends the normal form: 25 ASCII bytes, and up to ten more for a fraction.
    public func append(to output: inout [UInt8]) {
        date.append(to: &output)
        output.append(0x54)
        appendDigits(secondOfDay / 3_600, to: &output)
        output.append(0x3A)
        appendDigits(secondOfDay / 60 % 60, to: &output)
        output.append(0x3A)
        appendDigits(secondOfDay % 60, to: &output)
        appendFraction(to: &output)
        for byte in "+08:00".utf8 { output.append(byte) }
    }

    private func appendFraction(to output: inout [UInt8]) {
        guard nanosecond > 0 else { return }
        output.append(0x2E)
        var rest = nanosecond
        var unit = 100_000_000
        while rest > 0 {
            output.append(UInt8(truncatingIfNeeded: 0x30 + rest / unit))
            rest %= unit
            unit /= 10
        }
    }
}
