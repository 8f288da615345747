import Standards

/// Seconds since 1970 as the clock on a department's wall: UTC+8, no daylight saving.
enum ChinaTime {
    /// 2026-01-01 00:00:00: when the districts begin, so that their first state does not depend on today.
    static let founding = 1_767_196_800

    private static let offset = 8 * 3600

    /// 2026-01-01 00:00:00
    static func text(_ seconds: Int) -> String {
        let local = seconds + offset
        let days = local.quotient(floor: 86400)
        let time = local - days * 86400
        let clock = [time / 3600, time / 60 % 60, time % 60].map { Identifiers.padded($0, 2) }
        let date = CalendarDate(dayNumber: days).map { CivilDate(year: $0.year, month: $0.month, day: $0.day) }
        return (date?.dashed ?? "") + " " + clock.joined(separator: ":")
    }

    /// Seconds of a time as clients write it: date and time in any punctuation or none, then `Z`, an offset or nothing
    /// (which is local time). A `+` that a query string turned into a blank is one.
    static func seconds(_ text: String) -> Int? {
        var digits: [Int] = []
        var rest = text.utf8[...]
        while digits.count < 14, let byte = rest.popFirst() {
            if (48...57).contains(byte) { digits.append(Int(byte) - 48) }
        }
        guard digits.count == 8 || digits.count == 14 else { return nil }
        digits += [Int](repeating: 0, count: 14 - digits.count)
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        guard let day = CalendarDate(year: number(0..<4), month: number(4..<6), day: number(6..<8)) else { return nil }
        let clock = number(8..<10) * 3600 + number(10..<12) * 60 + number(12..<14)
        return day.dayNumber * 86400 + clock - zone(String(decoding: rest, as: UTF8.self))
    }

    private static func zone(_ text: String) -> Int {
        let text = text.hasPrefix(".") ? text.drop { $0 == "." || $0.isNumber } : text[...]
        if text.first == "Z" || text.first == "z" { return 0 }
        let digits = text.compactMap(\.wholeNumberValue)
        guard let sign = text.first, digits.count == 4 else { return offset }
        let seconds = (digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60
        return sign == "-" ? -seconds : seconds
    }
}

extension Int {
    fileprivate func quotient(floor divisor: Int) -> Int {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}
