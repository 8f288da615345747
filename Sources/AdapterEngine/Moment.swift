import Model

/// A time to the second in China, where all clocks of departments agree: UTC+8, without summer time since 1991.
struct Moment: Equatable {
    /// Seconds since 1970.
    var seconds: Int

    private static let offset = 8 * 3600

    init(seconds: Int) { self.seconds = seconds }

    /// The normal form of a date (`2026-03-01`, its beginning in China) or a datetime (RFC 3339; without offset, China's);
    /// nil for anything else.
    init?(normal text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10]), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        seconds = Self.days(year, month, day) * 86400 - Self.offset
        if bytes.count == 10 { return }
        guard bytes.count >= 19, let hour = Self.number(bytes[11..<13]), let minute = Self.number(bytes[14..<16]),
            let second = Self.number(bytes[17..<19])
        else { return nil }
        seconds += hour * 3600 + minute * 60 + second
        let zone = bytes[19...].drop { $0 == UInt8(ascii: ".") || (48...57).contains($0) }
        if zone.isEmpty { return }
        guard let shift = Self.shift(Array(zone)) else { return nil }
        seconds += Self.offset - shift
    }

    /// The parts of the local date and time: year, month, day, hour, minute, second.
    private var parts: [Int] {
        let local = seconds + Self.offset
        let day = local >= 0 ? local / 86400 : (local - 86399) / 86400
        let time = local - day * 86400
        let (year, month, dayOfMonth) = Self.civil(day)
        return [year, month, dayOfMonth, time / 3600, time / 60 % 60, time % 60]
    }

    /// Fourteen digits: `20260301080000`.
    var compact: String { zip(parts, [4, 2, 2, 2, 2, 2]).map(Self.padded).joined() }

    /// As a source asks for it.
    func text(_ format: Manifest.IncrementalSync.Format) -> String {
        let parts = zip(parts, [4, 2, 2, 2, 2, 2]).map(Self.padded)
        let date = parts[0..<3].joined(separator: "-")
        let time = parts[3...].joined(separator: ":")
        return switch format {
        case .rfc3339: "\(date)T\(time)+08:00"
        case .seconds: "\(date) \(time)"
        case .compact: compact
        case .date: date
        case .epoch: String(seconds)
        case .epochMilliseconds: String(seconds * 1000)
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    private static func shift(_ zone: [UInt8]) -> Int? {
        if zone == [UInt8(ascii: "Z")] { return 0 }
        guard zone.count == 6, let hours = number(zone[1..<3]), let minutes = number(zone[4..<6]) else { return nil }
        switch zone[0] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
        default: return nil
        }
    }

    /// Days since 1970 of a proleptic Gregorian date: the year is counted from March, so the leap day is its last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400 + (month < 10 ? 0 : 1)
        return (year, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }
}
