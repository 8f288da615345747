import Model
import Standards

/// A time to the second, written as departments' interfaces want it: on the clocks of Asia/Shanghai, or where a source
/// says so, of UTC.
struct SourceTime: Sendable, Equatable {
    /// Seconds since 1970.
    var epoch: Int

    private static let offset = Moment.shanghai * 60

    init(epoch: Int) { self.epoch = epoch }

    /// The normal form of a date, which is its beginning, or of a datetime; nil for anything else.
    init?(normal text: String) {
        let bytes = Array(text.utf8)
        // Digits alone may be a count of changes: a normal form has its hyphens.
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), let moment = try? Moment(reading: bytes.span) else {
            return nil
        }
        epoch = moment.date.dayNumber * 86_400 + moment.secondOfDay - Self.offset
    }

    /// Fourteen digits: `20260301080000`.
    var compact: String { digits.joined() }

    /// In Coordinated Universal Time: `2026-03-01T00:00:00Z`.
    var coordinated: String {
        let parts = digits(of: epoch)
        return parts[0..<3].joined(separator: "-") + "T" + parts[3...].joined(separator: ":") + "Z"
    }

    /// As a source asks for it.
    func text(
        _ format: Manifest.IncrementalSync.Format, zone: Manifest.IncrementalSync.Zone = .shanghai
    ) -> String {
        let digits = zone == .shanghai ? self.digits : digits(of: epoch)
        let day = digits[0..<3].joined(separator: "-")
        let time = digits[3...].joined(separator: ":")
        return switch format {
        case .rfc3339: "\(day)T\(time)\(zone == .shanghai ? "+08:00" : "+00:00")"
        case .utc: coordinated
        case .seconds: "\(day) \(time)"
        case .local: "\(day)T\(time)"
        case .compact: digits.joined()
        case .date: day
        case .epoch: String(epoch)
        case .epochMilliseconds: String(epoch * 1000)
        }
    }

    private var digits: [String] { digits(of: epoch + Self.offset) }

    /// Year, month, day, hour, minute and second.
    private func digits(of local: Int) -> [String] {
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let second = local - day * 86_400
        let date = CalendarDate(dayNumber: day) ?? .longTerm
        return [date.year, date.month, date.day, second / 3600, second / 60 % 60, second % 60].map { number in
            number < 10 ? "0\(number)" : String(number)
        }
    }
}
