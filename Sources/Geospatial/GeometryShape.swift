extension Geometry {
    /// The geometry in the shape RFC 7946 §3.1 asks for: lines of two positions or more, rings closed, of four or more, the
    /// outer ring counter-clockwise and holes clockwise.
    ///
    /// - Parameter closed: becomes true where a ring was open and its first position was added at its end.
    public func shaped(closed: inout Bool) throws(GeometryProblem) -> Geometry {
        switch self {
        case .point: return self
        case .multiPoint(let positions):
            guard !positions.isEmpty else { throw .empty }
            return self
        case .lineString(let line):
            try Self.checkLine(line)
            return self
        case .multiLineString(let lines):
            guard !lines.isEmpty else { throw .empty }
            for line in lines { try Self.checkLine(line) }
            return self
        case .polygon(let rings): return .polygon(try Self.shapedRings(rings, &closed))
        case .multiPolygon(let polygons):
            guard !polygons.isEmpty else { throw .empty }
            var shaped: [[[Coordinates]]] = []
            for rings in polygons { shaped.append(try Self.shapedRings(rings, &closed)) }
            return .multiPolygon(shaped)
        case .collection(let members):
            guard !members.isEmpty else { throw .empty }
            var shaped: [Geometry] = []
            for member in members { shaped.append(try member.shaped(closed: &closed)) }
            return .collection(shaped)
        }
    }

    private static func checkLine(_ line: [Coordinates]) throws(GeometryProblem) {
        guard !line.isEmpty else { throw .empty }
        guard line.count >= 2 else { throw .tooShort }
    }

    private static func shapedRings(
        _ rings: [[Coordinates]], _ closed: inout Bool
    ) throws(GeometryProblem) -> [[Coordinates]] {
        guard let outer = rings.first, !outer.isEmpty else { throw .empty }
        var shaped: [[Coordinates]] = []
        for (number, ring) in rings.enumerated() {
            var ring = ring
            if let first = ring.first, ring.last != first {
                ring.append(first)
                closed = true
            }
            guard ring.count >= 4 else { throw .tooShort }
            let area = signedArea(ring)
            if number == 0 ? area < 0 : area > 0 { ring.reverse() }
            shaped.append(ring)
        }
        return shaped
    }

    /// Twice the area, positive for a counter-clockwise ring; from the first position on, so that great coordinates lose
    /// no digits.
    static func signedArea(_ ring: [Coordinates]) -> Double {
        let origin = ring[0]
        var sum = 0.0
        for index in 1..<ring.count {
            let (left, right) = (ring[index - 1], ring[index])
            sum += (left.x - origin.x) * (right.y - origin.y) - (right.x - origin.x) * (left.y - origin.y)
        }
        return sum
    }
}
