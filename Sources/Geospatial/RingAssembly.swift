/// Finds the polygons that a list of rings means, where only their direction says which are holes.
enum RingAssembly {
    /// What comparing rings may cost: a list made to be slow is refused instead.
    private static let steps = 50_000_000

    private struct Ring {
        let positions: [Coordinates]
        let area: Double
        var box = BoundingBox()

        init(_ positions: [Coordinates]) {
            self.positions = positions
            area = Geometry.signedArea(positions)
            for position in positions { box.extend(to: position) }
        }
    }

    /// Outer rings are clockwise, holes counter-clockwise; a hole belongs to the smallest outer ring around it.
    ///
    /// A hole that no ring surrounds is taken as an outer ring drawn the wrong way.
    static func polygons(_ rings: [[Coordinates]]) throws(GeometryProblem) -> Geometry {
        guard !rings.isEmpty, rings.allSatisfy({ !$0.isEmpty }) else { throw .empty }
        let all = rings.map { Ring($0) }
        // A ring without area is no hole.
        let outer = all.indices.filter { all[$0].area <= 0 }
        let holes = all.indices.filter { all[$0].area > 0 }
        var owned: [Int: [Int]] = [:]
        var stray: [Int] = []
        var budget = steps
        for hole in holes {
            var owner: Int?
            for candidate in outer {
                budget -= 1
                if budget < 0 { throw .unsupported }
                if let owner, abs(all[owner].area) <= abs(all[candidate].area) { continue }
                if try surrounds(all[candidate], all[hole], &budget) { owner = candidate }
            }
            if let owner { owned[owner, default: []].append(hole) } else { stray.append(hole) }
        }
        let polygons = (outer + stray).sorted().map { number in
            [rings[number]] + (owned[number] ?? []).map { rings[$0] }
        }
        return polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons)
    }

    private static func surrounds(
        _ outer: Ring, _ hole: Ring, _ budget: inout Int
    ) throws(GeometryProblem) -> Bool {
        guard outer.box.west <= hole.box.west, outer.box.south <= hole.box.south, outer.box.east >= hole.box.east,
            outer.box.north >= hole.box.north
        else { return false }
        // A hole may touch the ring around it: the first of its positions that does not decides.
        for position in hole.positions {
            budget -= outer.positions.count
            if budget < 0 { throw .unsupported }
            switch side(of: outer.positions, position) {
            case .inside: return true
            case .outside: return false
            case .edge: continue
            }
        }
        return true
    }

    private enum Side { case inside, outside, edge }

    /// Counts the edges that a ray to the east crosses.
    private static func side(of ring: [Coordinates], _ position: Coordinates) -> Side {
        var isInside = false
        var before = ring[ring.count - 1]
        for corner in ring {
            let across =
                (corner.x - before.x) * (position.y - before.y) - (corner.y - before.y) * (position.x - before.x)
            if across == 0, min(before.x, corner.x) <= position.x, position.x <= max(before.x, corner.x),
                min(before.y, corner.y) <= position.y, position.y <= max(before.y, corner.y)
            {
                return .edge
            }
            if (before.y > position.y) != (corner.y > position.y), (corner.y > before.y) == (across > 0) {
                isInside.toggle()
            }
            before = corner
        }
        return isInside ? .inside : .outside
    }
}
