/// Times as a number counted from 1970-01-01T00:00:00Z, leap seconds left out (IEEE Std 1003.1 §4.19).
public enum EpochTime: String, Sendable {
    case seconds = "epoch"
    case milliseconds = "epoch-ms"

    /// Reads a trimmed ASCII number: digits, a sign before and a fraction after them.
    ///
    /// - Throws: `unreadable` for anything else, `impossible` outside of the years 1000 to 9999.
    public func read(_ bytes: Span<UInt8>) throws(TimeProblem) -> Moment {
        let isNegative = bytes.count > 0 && bytes[0] == 0x2D
        var index = isNegative ? 1 : 0
        let run = digitRun(bytes, from: index)
        guard run > 0 else { throw .unreadable }
        guard run <= 15 else { throw .impossible }
        let whole = number(bytes, index..<index + run)
        index += run
        var nanosecond = 0
        if index < bytes.count {
            guard bytes[index] == 0x2E else { throw .unreadable }
            let digits = digitRun(bytes, from: index + 1)
            guard digits > 0, digits <= 9, index + 1 + digits == bytes.count else { throw .unreadable }
            nanosecond = number(bytes, index + 1..<index + 1 + digits)
            for _ in digits..<9 { nanosecond *= 10 }
        }
        return try moment(whole, nanosecond, isNegative: isNegative)
    }

    /// - Parameter fraction: billionths of the unit.
    func moment(_ whole: Int, _ fraction: Int, isNegative: Bool) throws(TimeProblem) -> Moment {
        var second = whole
        var nanosecond = fraction
        if self == .milliseconds {
            second = whole / 1_000
            nanosecond = whole % 1_000 * 1_000_000 + fraction / 1_000
        }
        if isNegative {
            second = nanosecond > 0 ? -second - 1 : -second
            nanosecond = nanosecond > 0 ? 1_000_000_000 - nanosecond : 0
        }
        let local = second + Moment.shanghai * 60
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        guard let date = CalendarDate(dayNumber: day),
            let moment = Moment(date: date, second: local - day * 86_400, nanosecond: nanosecond)
        else { throw .impossible }
        return moment
    }
}

extension Moment {
    /// `/Date(1621440000000)/` and `/Date(1621440000000+0800)/`: milliseconds since 1970 in UTC. The offset says where
    /// somebody was, and moves nothing (OData 2.0, "Primitive Types in JSON").
    static func ticks(_ bytes: Span<UInt8>) throws(TimeProblem) -> Moment {
        let prefix = 6
        guard bytes.count > prefix + 2, starts(bytes, with: "/Date("), bytes[bytes.count - 2] == 0x29,
            bytes[bytes.count - 1] == 0x2F
        else { throw .unreadable }
        let isNegative = bytes[prefix] == 0x2D
        var index = isNegative ? prefix + 1 : prefix
        let run = digitRun(bytes, from: index)
        guard run > 0 else { throw .unreadable }
        guard run <= 15 else { throw .impossible }
        let whole = number(bytes, index..<index + run)
        index += run
        if bytes[index] == 0x2B || bytes[index] == 0x2D {
            let offset = digitRun(bytes, from: index + 1)
            guard (1...4).contains(offset) else { throw .unreadable }
            index += 1 + offset
        }
        guard index == bytes.count - 2 else { throw .unreadable }
        return try EpochTime.milliseconds.moment(whole, 0, isNegative: isNegative)
    }

    private static func starts(_ bytes: Span<UInt8>, with text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            for index in text.indices where bytes[index] != text[index] { return false }
            return true
        }
    }
}

/// How a source writes its times, where it has to be said: a pattern, or a number since 1970.
public enum TimeFormat: Sendable, Equatable {
    case pattern(DatePattern)
    case epoch(EpochTime)
    /// Days as spreadsheets count them: `excel`.
    case spreadsheet

    /// - Returns: nil where the text is neither `epoch`, `epoch-ms`, `excel` nor a pattern.
    public init?(_ text: String) {
        if text == "excel" {
            self = .spreadsheet
        } else if let epoch = EpochTime(rawValue: text) {
            self = .epoch(epoch)
        } else if let pattern = DatePattern(text) {
            self = .pattern(pattern)
        } else {
            return nil
        }
    }

    /// Reads a trimmed text, full-width forms folded.
    public func read(_ bytes: Span<UInt8>) throws(TimeProblem) -> Moment {
        switch self {
        case .pattern(let pattern): try pattern.read(bytes)
        case .epoch(let epoch): try epoch.read(bytes)
        case .spreadsheet: try SpreadsheetDate.read(bytes)
        }
    }
}
