import Standards

/// Reads GeoJSON: a geometry, or a feature that has one (RFC 7946 §3).
///
/// Positions are easting (longitude) first, whatever order a reference system's axes have: so RFC 7946 §4 has it, and so
/// departments write projected coordinates too. Heights and measures are left out. Members that say nothing about the
/// place (`bbox`, `id`, `properties`) are not looked at. The errors of JSON and of geometry are sorted out by the caller.
enum GeoJSON {
    /// Collections within collections; RFC 7946 §3.1.8 advises against any.
    static let depthLimit = 8

    static func read(_ members: JSONMembers, _ bytes: Span<UInt8>) throws -> SourceGeometry? {
        var stated: CoordinateReference?
        guard let geometry = try geometry(members, bytes, &stated, depth: 0) else { return nil }
        // In 2008 a `crs` of null said that the system is not known.
        let isUnknown = members.isNull("crs", bytes)
        return SourceGeometry(geometry: geometry, reference: stated, implied: isUnknown ? nil : .crs84)
    }

    /// - Returns: nil for a feature without a place (RFC 7946 §3.2).
    private static func geometry(
        _ members: JSONMembers, _ bytes: Span<UInt8>, _ stated: inout CoordinateReference?, depth: Int
    ) throws -> Geometry? {
        guard depth < depthLimit, let type = try members.text("type", bytes) else { throw GeometryProblem.unreadable }
        if let reference = try reference(members, bytes) { try reference.join(&stated) }
        switch type {
        case "Feature":
            if members.isNull("geometry", bytes) { return nil }
            guard let inner = try members.object("geometry", bytes) else { throw GeometryProblem.unreadable }
            return try geometry(inner, bytes, &stated, depth: depth + 1)
        case "GeometryCollection":
            guard var index = members["geometries"]?.lowerBound else { throw GeometryProblem.unreadable }
            var geometries: [Geometry] = []
            _ = try JSONPositions.list(bytes, &index) { index in
                let inner = try JSONMembers(bytes, &index)
                guard let geometry = try geometry(inner, bytes, &stated, depth: depth + 1) else {
                    throw GeometryProblem.unreadable
                }
                geometries.append(geometry)
            }
            return .collection(geometries)
        default:
            guard var index = members["coordinates"]?.lowerBound else { throw GeometryProblem.unreadable }
            return try coordinates(type, bytes, &index)
        }
    }

    private static func coordinates(_ type: String, _ bytes: Span<UInt8>, _ index: inout Int) throws -> Geometry {
        switch type {
        case "Point": return .point(try JSONPositions.position(bytes, &index))
        case "MultiPoint": return .multiPoint(try JSONPositions.positions(bytes, &index))
        case "LineString": return .lineString(try JSONPositions.positions(bytes, &index))
        case "MultiLineString": return .multiLineString(try JSONPositions.lines(bytes, &index))
        case "Polygon": return .polygon(try JSONPositions.lines(bytes, &index))
        case "MultiPolygon":
            return .multiPolygon(
                try JSONPositions.list(bytes, &index) { index in try JSONPositions.lines(bytes, &index) })
        default: throw GeometryProblem.unsupported
        }
    }

    /// The `crs` that GeoJSON had in 2008 (§3 there), and that older servers still send: by name, or by number.
    private static func reference(_ members: JSONMembers, _ bytes: Span<UInt8>) throws -> CoordinateReference? {
        guard let system = try members.object("crs", bytes) else { return nil }
        let properties = try system.object("properties", bytes)
        if let name = try properties?.text("name", bytes) {
            return try CoordinateReference(stated: name).eastingFirst
        }
        if let code = properties?.integer("code", bytes) { return try CoordinateReference(number: code) }
        throw GeometryProblem.unknownReference
    }
}

extension CoordinateReference {
    /// Takes the system of a part of a geometry as that of the whole.
    ///
    /// - Throws: `.unsupported` where another part named another one.
    func join(_ stated: inout CoordinateReference?) throws(GeometryProblem) {
        guard stated == nil || stated == self else { throw .unsupported }
        stated = self
    }
}
