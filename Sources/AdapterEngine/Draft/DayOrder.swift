import Model

/// Days whose year comes last: whether the month or the day comes first is told by a number above twelve, and by nothing else.
enum DayOrder {
    /// The pattern that an entry's `format` takes, such as `MM/dd/yyyy`; nil where values are no such days, or none tells.
    static func format(of values: [String]) -> String? {
        let days = values.compactMap(Day.init)
        guard let sign = days.first?.sign, days.count == values.count, days.allSatisfy({ $0.sign == sign }) else {
            return nil
        }
        let isMonthFirst = days.contains { $0.second > 12 }
        let isDayFirst = days.contains { $0.first > 12 }
        if isMonthFirst == isDayFirst { return nil }
        return isMonthFirst ? "MM\(sign)dd\(sign)yyyy" : "dd\(sign)MM\(sign)yyyy"
    }

    private struct Day {
        let first: Int
        let second: Int
        let sign: Character

        init?(_ text: String) {
            guard let match = text.wholeMatch(of: /([0-9]{2})([\/.\-])([0-9]{2})\2[12][0-9]{3}/),
                let first = Int(match.1), let second = Int(match.3), let sign = match.2.first,
                (1...31).contains(first), (1...31).contains(second)
            else { return nil }
            (self.first, self.second, self.sign) = (first, second, sign)
        }
    }
}
