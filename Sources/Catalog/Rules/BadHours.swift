import Model

extension Diagnostic.Rule {
    /// The hours of a system are two times of the day.
    static let badHours: Self = "bad-hours"
}

extension Reader {
    mutating func hours(_ item: Item?) -> SourceSystem.Hours? {
        guard let item, let text = text(item) else { return nil }
        let times = text.split { $0 == "-" || $0 == "–" }.map { Self.minuteOfDay(String($0)) }
        if times.count == 2, let from = times[0], let to = times[1], from != to {
            return SourceSystem.Hours(from: from, to: to)
        }
        report(
            .badHours, at: item.place, "`\(text)` are no hours",
            advice: "Write two times of the day, for example `20:00-06:00`.")
        return nil
    }

    private static func minuteOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isNumber) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }
}
