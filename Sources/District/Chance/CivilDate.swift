/// A day of the Gregorian calendar, as a department's system has it.
struct CivilDate: Sendable, Equatable {
    var year: Int
    var month: Int
    var day: Int

    /// 20210520
    var compact: String { Identifiers.padded(year, 4) + Identifiers.padded(month, 2) + Identifiers.padded(day, 2) }
    /// 2021-05-20
    var dashed: String {
        [Identifiers.padded(year, 4), Identifiers.padded(month, 2), Identifiers.padded(day, 2)].joined(separator: "-")
    }

    /// 05/20/2021: month, day, year.
    var american: String {
        [Identifiers.padded(month, 2), Identifiers.padded(day, 2), Identifiers.padded(year, 4)].joined(separator: "/")
    }

    func adding(years: Int) -> CivilDate { CivilDate(year: year + years, month: month, day: day) }

    static func random(_ years: ClosedRange<Int>, _ chance: inout SplitMix64) -> CivilDate {
        CivilDate(year: chance.number(years), month: chance.number(1...12), day: chance.number(1...28))
    }
}
