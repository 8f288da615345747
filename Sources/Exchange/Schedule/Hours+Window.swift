import Foundation
import Model

extension SourceSystem.Hours {
    /// Hours are China's, which has known one time since 1992.
    private static let offset: Double = 8 * 3600

    /// Whether the system may be asked at a moment.
    func contains(_ date: Date) -> Bool {
        let minute = minuteOfDay(date)
        return from <= to ? (from..<to).contains(minute) : (minute >= from || minute < to)
    }

    /// When it may be asked next.
    func opening(after date: Date) -> Date {
        if contains(date) { return date }
        let wait = (from - minuteOfDay(date) + 1440) % 1440
        let minute = (date.timeIntervalSince1970 / 60).rounded(.down) * 60
        return Date(timeIntervalSince1970: minute + Double(wait) * 60)
    }

    private func minuteOfDay(_ date: Date) -> Int {
        let seconds = (date.timeIntervalSince1970 + Self.offset).truncatingRemainder(dividingBy: 86_400)
        return Int(seconds / 60)
    }
}
