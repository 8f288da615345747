/// Where things lie: the sixteen divisions as a grid of crooked four-kilometre fields, in EPSG:4547 (CGCS2000, 114° E).
///
/// Lengths are whole millimetres, so that no machine rounds them otherwise. The middle is 28.36° N, 112.82° E.
enum Ground {
    struct Point: Sendable, Equatable {
        var easting: Int
        var northing: Int

        /// GeoJSON's order in this reference system as departments send it: easting, northing.
        var json: String { "[\(Ground.metres(easting)),\(Ground.metres(northing))]" }
    }

    static let middle = Point(easting: 384_316_496, northing: 3_138_903_702)
    private static let side = 4_000_000
    /// Zone 38 of the three-degree zones, in front of the easting.
    private static let zone = 38_000_000_000

    static func metres(_ millimetres: Int) -> String {
        "\(millimetres / 1000).\(Identifiers.padded(millimetres % 1000, 3))"
    }

    /// A point that surely lies within the division: the corners move by less than its distance from the edge.
    static func point(in division: Int, _ chance: inout SplitMix64) -> Point {
        let corner = corner(division % 4, division / 4)
        return Point(
            easting: corner.easting + chance.number(600_000...side - 600_000),
            northing: corner.northing + chance.number(600_000...side - 600_000))
    }

    /// The division's border, closed and counter-clockwise.
    static func border(of division: Int) -> [Point] {
        let (column, row) = (division % 4, division / 4)
        let ring = [(0, 0), (1, 0), (1, 1), (0, 1)].map { crooked(column + $0.0, row + $0.1) }
        return ring + ring.prefix(1)
    }

    /// A rectangle as well-known text in EPSG:4526, which is the same projection with the zone before the easting.
    static func rectangle(from corner: Point, metres sides: (Int, Int)) -> String {
        let ring = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map { step in
            let easting = zone + corner.easting + step.0 * sides.0 * 1000
            return "\(metres(easting)) \(metres(corner.northing + step.1 * sides.1 * 1000))"
        }
        return "POLYGON ((" + ring.joined(separator: ", ") + "))"
    }

    /// Square kilometres, with three decimals.
    static func area(of ring: [Point]) -> String {
        let twice = zip(ring, ring.dropFirst()).reduce(0) { sum, edge in
            // Relative to the middle, or the products overflow.
            let (from, to) = (relative(edge.0), relative(edge.1))
            return sum + from.easting * to.northing - to.easting * from.northing
        }
        return metres(twice / 2 / 1_000_000_000)
    }

    private static func relative(_ point: Point) -> Point {
        Point(easting: point.easting - middle.easting, northing: point.northing - middle.northing)
    }

    private static func corner(_ column: Int, _ row: Int) -> Point {
        Point(easting: middle.easting + (column - 2) * side, northing: middle.northing + (row - 2) * side)
    }

    /// The same for all divisions that meet in this corner.
    private static func crooked(_ column: Int, _ row: Int) -> Point {
        var chance = SplitMix64(seed: UInt64(column * 7 + row))
        let corner = corner(column, row)
        return Point(
            easting: corner.easting + chance.number(-500_000...500_000),
            northing: corner.northing + chance.number(-500_000...500_000))
    }
}
