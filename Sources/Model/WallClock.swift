import Foundation

/// What the clocks of a time zone show, in minutes since 1 January 1970 as they count them.
struct WallClock {
    let timeZone: TimeZone

    static func day(ofMinute minute: Int) -> Int { (Double(minute) / 1440).roundedDown }

    /// The minute that clocks show at a moment.
    func minute(at date: Date) -> Int {
        ((date.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: date))) / 60).roundedDown
    }

    /// The moments at which clocks show the start of a minute: two where they are set back over it. Where they are set
    /// forward over it, the moment of that change.
    func moments(ofMinute minute: Int) -> [Date] {
        let seconds = Double(minute) * 60
        let day = 86_400.0
        let before = offset(seconds - day)
        let after = offset(seconds + day)
        let candidates = before == after ? [before] : [before, after]
        let moments = candidates.filter { offset(seconds - $0) == $0 }.map { seconds - $0 }.sorted()
        if !moments.isEmpty { return moments.map { Date(timeIntervalSince1970: $0) } }
        return [Date(timeIntervalSince1970: change(between: seconds - after, and: seconds - before))]
    }

    /// The offset that clocks have on a day, where they are not set on it, the day before or the day after.
    func steadyOffset(on day: Int) -> Double? {
        let start = Double(day) * 86_400
        let offsets = (-1...2).map { offset(start + Double($0) * 86_400) }
        return offsets.allSatisfy { $0 == offsets[0] } ? offsets[0] : nil
    }

    private func offset(_ seconds: Double) -> Double {
        Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds)))
    }

    /// The second at which the offset changes, between two moments on its two sides.
    private func change(between early: Double, and late: Double) -> Double {
        var early = early
        var late = late
        let old = offset(early)
        while late - early > 1 {
            let middle = ((early + late) / 2).rounded(.down)
            if offset(middle) == old { early = middle } else { late = middle }
        }
        return late
    }
}

extension Double {
    fileprivate var roundedDown: Int { Int(rounded(.down)) }
}
