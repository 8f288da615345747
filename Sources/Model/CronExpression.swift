import Foundation

/// A time pattern of five fields: minute, hour, day of month, month, day of week.
///
/// The meaning is that of cron(8): lists, ranges, steps, English names of months and days, 7 as another Sunday; where both
/// days are restricted, either suffices. It is written, stored and compared as its text.
public struct CronExpression: Sendable, Equatable {
    public let text: String
    private let pattern: CronPattern?

    /// Reads a pattern.
    ///
    /// - Throws: `Invalid` where the text is none.
    public init(parsing text: String) throws(Invalid) {
        self.pattern = try CronPattern(text)
        self.text = text
    }

    /// Takes a pattern as it was stored; one that cannot be read has no next time.
    public init(text: String) {
        self.text = text
        self.pattern = try? CronPattern(text)
    }

    /// Why a text is no pattern.
    public struct Invalid: Error, Sendable, Equatable {
        /// What is wrong, without a full stop.
        public let message: String
        /// What would be right, as a sentence.
        public let advice: String
    }

    /// The first time after `date` that the pattern names on a wall clock of the zone; nil if there is none in twelve years.
    ///
    /// Where clocks are set forward, what they skip counts at the moment of the change. Where they are set back, a time
    /// that occurs twice counts the first time only, unless the hour is `*`: then the run goes on in even steps.
    public func next(after date: Date, in timeZone: TimeZone) -> Date? {
        guard let pattern else { return nil }
        let clock = WallClock(timeZone: timeZone)
        let now = clock.minute(at: date)
        let today = WallClock.day(ofMinute: now)
        // One day back, because clocks may be set back over midnight; twelve years on, because 29 February may be eight away.
        for day in (today - 1)...(today + 12 * 366) where pattern.includes(CivilDay(day)) {
            if let found = pattern.first(on: day, after: date, now: now, clock: clock) { return found }
        }
        return nil
    }

    public static func == (left: CronExpression, right: CronExpression) -> Bool { left.text == right.text }
}

extension CronExpression: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(text: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
