extension GML {
    /// The geometries in the members of an aggregate: `pointMember`, `surfaceMembers`, and so on.
    mutating func members(
        _ element: MarkupElement, _ bytes: Span<UInt8>, _ index: inout Int
    ) throws(GeometryProblem) -> [Geometry] {
        let outer = try enter(element)
        defer { leave(outer) }
        var found: [Geometry] = []
        try element.forEachElement(bytes, &index) { property, index throws(GeometryProblem) in
            guard property.name.hasSuffix("Member") || property.name.hasSuffix("Members") else { return false }
            if property.isReference { throw .unsupported }
            try property.forEachElement(bytes, &index) { member, index throws(GeometryProblem) in
                found.append(try geometry(member, bytes, &index))
                return true
            }
            return true
        }
        return found
    }

    /// The polygons of a surface's patches or of an aggregate's surfaces.
    mutating func polygons(
        _ element: MarkupElement, _ bytes: Span<UInt8>, _ index: inout Int
    ) throws(GeometryProblem) -> [[[Coordinates]]] {
        let outer = try enter(element)
        defer { leave(outer) }
        var polygons: [[[Coordinates]]] = []
        try element.forEachElement(bytes, &index) { property, index throws(GeometryProblem) in
            guard Self.surfaceProperties.contains(property.name) else { return false }
            if property.isReference { throw .unsupported }
            try property.forEachElement(bytes, &index) { member, index throws(GeometryProblem) in
                switch try geometry(member, bytes, &index) {
                case .polygon(let rings): polygons.append(rings)
                case .multiPolygon(let several): polygons += several
                default: throw .unreadable
                }
                return true
            }
            return true
        }
        return polygons
    }

    private static let surfaceProperties: Set<String> = [
        "patches", "polygonPatches", "trianglePatches", "polygonMember", "surfaceMember", "surfaceMembers",
    ]

    /// The rings of a polygon, the outer one first.
    mutating func rings(
        _ element: MarkupElement, _ bytes: Span<UInt8>, _ index: inout Int
    ) throws(GeometryProblem) -> [[Coordinates]] {
        let outer = try enter(element)
        defer { leave(outer) }
        var exterior: [Coordinates]?
        var interior: [[Coordinates]] = []
        try element.forEachElement(bytes, &index) { boundary, index throws(GeometryProblem) in
            let isOuter = boundary.name == "exterior" || boundary.name == "outerBoundaryIs"
            guard isOuter || boundary.name == "interior" || boundary.name == "innerBoundaryIs" else { return false }
            try boundary.forEachElement(bytes, &index) { ring, index throws(GeometryProblem) in
                let positions = try line(ring, bytes, &index)
                guard isOuter else {
                    interior.append(positions)
                    return true
                }
                guard exterior == nil else { throw .unreadable }
                exterior = positions
                return true
            }
            return true
        }
        guard let exterior else { throw .empty }
        return [exterior] + interior
    }

    /// The positions of a line, or of the segments that one is made of.
    mutating func line(
        _ element: MarkupElement, _ bytes: Span<UInt8>, _ index: inout Int
    ) throws(GeometryProblem) -> [Coordinates] {
        switch Self.kind(of: element) {
        case .curves: return try segments(element, bytes, &index)
        case .line, .point: break
        case nil: throw .unreadable
        default: throw .unsupported
        }
        let outer = try enter(element)
        defer { leave(outer) }
        var positions: [Coordinates] = []
        try element.forEachElement(bytes, &index) { part, index throws(GeometryProblem) in
            if part.name == "pointProperty" || part.name == "pointRep" {
                if part.isReference { throw .unsupported }
                try part.forEachElement(bytes, &index) { point, index throws(GeometryProblem) in
                    guard case .point(let position) = try geometry(point, bytes, &index) else { throw .unreadable }
                    positions.append(position)
                    return true
                }
                return true
            }
            return try read(part, into: &positions, bytes, &index)
        }
        return positions
    }

    /// Lines one after another: where one begins where the last ended, the position is kept once.
    private mutating func segments(
        _ element: MarkupElement, _ bytes: Span<UInt8>, _ index: inout Int
    ) throws(GeometryProblem) -> [Coordinates] {
        let outer = try enter(element)
        defer { leave(outer) }
        var positions: [Coordinates] = []
        try element.forEachElement(bytes, &index) { property, index throws(GeometryProblem) in
            guard property.name == "segments" || property.name == "curveMember" else { return false }
            if property.isReference { throw .unsupported }
            try property.forEachElement(bytes, &index) { member, index throws(GeometryProblem) in
                let next = try line(member, bytes, &index)
                guard let last = positions.last, let first = next.first else {
                    positions += next
                    return true
                }
                guard first == last else { throw .unreadable }
                positions += next.dropFirst()
                return true
            }
            return true
        }
        return positions
    }
}
