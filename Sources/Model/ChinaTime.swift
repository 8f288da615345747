/// Dates and times as people in China write them: always Asia/Shanghai, which is UTC+8 all year (since 1991).
public enum ChinaTime {
    /// RFC 3339 with milliseconds, for example `2026-11-23T10:15:00.250+08:00`.
    ///
    /// - Parameter seconds: since 1970-01-01T00:00:00Z.
    public static func text(_ seconds: Double) -> String {
        let milliseconds = Int((seconds * 1000).rounded(.down)) + 8 * 3_600_000
        let day = milliseconds.floorDivided(by: 86_400_000)
        let rest = milliseconds - day * 86_400_000
        return date(day: day) + "T" + two(rest / 3_600_000) + ":" + two(rest / 60_000 % 60) + ":"
            + two(rest / 1000 % 60) + "." + two(rest % 1000 / 10) + String(rest % 10) + "+08:00"
    }

    /// The day, for example `2026-11-23`.
    public static func date(_ seconds: Double) -> String {
        date(day: (Int(seconds.rounded(.down)) + 8 * 3600).floorDivided(by: 86_400))
    }

    /// Proleptic Gregorian date of a day counted from 1970-01-01, by Howard Hinnant's `civil_from_days`.
    private static func date(day: Int) -> String {
        let shifted = day + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let yearText = String(year)
        return String(repeating: "0", count: max(0, 4 - yearText.count)) + yearText + "-" + two(month) + "-"
            + two(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Int {
    fileprivate func floorDivided(by divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
