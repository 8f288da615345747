/// The divisions' borders (资规: 行政区划界线), one polygon each in the column `RING`.
enum Boundaries {
    static let kind = Kind(make: make, change: change, faults: [], faultyShare: 0)

    private static func make(serial: Int, _ chance: inout SplitMix64) -> Row {
        let division = Words.divisions[serial % Words.divisions.count]
        let ring = Ground.border(of: serial % Words.divisions.count)
        return Row(
            serial: serial,
            [
                ("QHDM", .text(division.code)),
                ("QHMC", .text(division.name)),
                ("SJQH", .text(Words.district + "000000")),
                ("MJ", .literal(Ground.area(of: ring))),
                ("RING", .literal("[" + ring.map(\.json).joined(separator: ",") + "]")),
            ])
    }

    /// A new survey measures the area again.
    private static func change(_ row: inout Row, _ chance: inout SplitMix64) {
        row["MJ"] = "\(chance.number(12...19)).\(Identifiers.padded(chance.number(0...999), 3))"
    }
}
