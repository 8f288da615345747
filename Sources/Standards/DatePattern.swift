/// How a source writes dates, for sources that are ambiguous: `MM/dd/yyyy`, `dd.MM.yyyy HH:mm`.
///
/// `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss` stand for that many digits, `M`, `d`, `H` for one or two, text between
/// apostrophes and all other characters but letters for themselves.
public struct DatePattern: Sendable, Equatable {
    private enum Part: Sendable, Equatable {
        case year, month, day, hour, minute, second
    }

    private enum Token: Sendable, Equatable {
        case digits(Part, Range<Int>)
        case literal(UInt8)
    }

    private let tokens: [Token]

    /// - Returns: nil where the text is not a pattern, or does not say year, month and day once each.
    public init?(_ text: String) {
        var tokens: [Token] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first == "'" {
                guard let end = rest.dropFirst().firstIndex(of: "'") else { return nil }
                tokens += rest[rest.index(after: rest.startIndex)..<end].utf8.map(Token.literal)
                rest = rest[rest.index(after: end)...]
                continue
            }
            let run = rest.prefix { $0 == first }
            if first.isASCII, first.isLetter {
                guard let token = Self.token(String(run)) else { return nil }
                tokens.append(token)
            } else {
                tokens += run.utf8.map(Token.literal)
            }
            rest = rest.dropFirst(run.count)
        }
        let parts = tokens.compactMap { if case .digits(let part, _) = $0 { part } else { nil } }
        guard [.year, .month, .day].allSatisfy(parts.contains), Set(parts.map(\.self)).count == parts.count else {
            return nil
        }
        self.tokens = tokens
    }

    private static func token(_ letters: String) -> Token? {
        switch letters {
        case "yyyy": .digits(.year, 4..<5)
        case "MM": .digits(.month, 2..<3)
        case "M": .digits(.month, 1..<3)
        case "dd": .digits(.day, 2..<3)
        case "d": .digits(.day, 1..<3)
        case "HH": .digits(.hour, 2..<3)
        case "H": .digits(.hour, 1..<3)
        case "mm": .digits(.minute, 2..<3)
        case "ss": .digits(.second, 2..<3)
        default: nil
        }
    }

    /// Reads a trimmed text that is written so, in Shanghai's time; full-width digits are read as digits.
    public func read(_ bytes: Span<UInt8>) throws(TimeProblem) -> Moment {
        if ASCII.holds(bytes) { return try parse(bytes) }
        let folded = FullWidth.fold(bytes)
        return try parse(folded.span)
    }

    private func parse(_ bytes: Span<UInt8>) throws(TimeProblem) -> Moment {
        var (year, month, day, hour, minute, second) = (0, 0, 0, 0, 0, 0)
        var index = 0
        for token in tokens {
            switch token {
            case .literal(let byte):
                guard index < bytes.count, bytes[index] == byte else { throw .unreadable }
                index += 1
            case .digits(let part, let lengths):
                let run = min(digitRun(bytes, from: index), lengths.upperBound - 1)
                guard lengths.contains(run) else { throw .unreadable }
                let value = number(bytes, index..<index + run)
                index += run
                switch part {
                case .year: year = value
                case .month: month = value
                case .day: day = value
                case .hour: hour = value
                case .minute: minute = value
                case .second: second = value
                }
            }
        }
        guard index == bytes.count else { throw .unreadable }
        let date = try CalendarDate.day(year, month, day)
        return try Moment.moment(date, Moment.clock(hour, minute, second))
    }
}
