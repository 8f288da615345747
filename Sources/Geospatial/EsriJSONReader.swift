import Standards

/// Reads the geometries of ArcGIS REST services (Esri's "Geometry objects" of its REST API), easting first.
enum EsriJSON {
    /// Whether an object without a `type` is one of these.
    static func isMeant(by members: JSONMembers) -> Bool {
        members.contains([
            "x", "y", "points", "paths", "rings", "curvePaths", "curveRings", "xmin", "spatialReference", "attributes",
        ])
    }

    /// - Returns: nil for a feature without geometry.
    static func read(_ members: JSONMembers, _ bytes: Span<UInt8>) throws -> SourceGeometry? {
        var members = members
        if members["attributes"] != nil {
            guard let geometry = try members.object("geometry", bytes) else { return nil }
            members = geometry
        }
        return SourceGeometry(
            geometry: try geometry(members, bytes), reference: try reference(members, bytes))
    }

    private static func geometry(_ members: JSONMembers, _ bytes: Span<UInt8>) throws -> Geometry {
        if members.contains(["curvePaths", "curveRings", "xmin"]) { throw GeometryProblem.unsupported }
        if var index = members["rings"]?.lowerBound {
            return try RingAssembly.polygons(JSONPositions.lines(bytes, &index))
        }
        if var index = members["paths"]?.lowerBound {
            let lines = try JSONPositions.lines(bytes, &index)
            return lines.count == 1 ? .lineString(lines[0]) : .multiLineString(lines)
        }
        if var index = members["points"]?.lowerBound { return .multiPoint(try JSONPositions.positions(bytes, &index)) }
        if members.contains(["x", "y"]) {
            return .point(Coordinates(x: try number("x", members, bytes), y: try number("y", members, bytes)))
        }
        throw members.contains(["spatialReference"]) ? GeometryProblem.empty : .unreadable
    }

    /// An empty point has null or "NaN" for x, and may leave out y.
    private static func number(_ name: String, _ members: JSONMembers, _ bytes: Span<UInt8>) throws -> Double {
        guard var index = members[name]?.lowerBound, !members.isNull(name, bytes) else { throw GeometryProblem.empty }
        if let text = try members.text(name, bytes) {
            throw text == "NaN" ? GeometryProblem.empty : .unreadable
        }
        return try JSONPositions.number(bytes, &index)
    }

    /// `latestWkid` is the number of today where `wkid` is one that Esri gave before there was one.
    private static func reference(_ members: JSONMembers, _ bytes: Span<UInt8>) throws -> CoordinateReference? {
        guard let system = try members.object("spatialReference", bytes) else { return nil }
        if let number = system.integer("latestWkid", bytes) ?? system.integer("wkid", bytes) {
            return try CoordinateReference(number: number)
        }
        // A system of no number is written out (`wkt`): nothing says which register's it is.
        if system.contains(["wkt", "wkt2", "wkid", "latestWkid"]) { throw GeometryProblem.unknownReference }
        return nil
    }
}
