import Standards

extension Geometry {
    /// Reads the GeoJSON text of a geometry, or of a feature that has one (RFC 7946 §3).
    ///
    /// Positions are taken as easting (longitude), northing (latitude), whatever order a reference system's axes have: so
    /// RFC 7946 §4 has it, and so departments write projected coordinates too. Heights are left out, and so is a `crs` member.
    public init(geoJSON bytes: Span<UInt8>) throws(GeometryProblem) {
        var index = 0
        do {
            self = try GeoJSON.geometry(bytes, &index, depth: 0)
            guard JSONText.peek(bytes, &index) == nil else { throw GeometryProblem.unreadable }
        } catch let problem as GeometryProblem {
            throw problem
        } catch {
            throw .unreadable
        }
    }
}

/// The steps of reading: they mix errors of JSON and of geometry, sorted out at the top.
private enum GeoJSON {
    /// Collections within collections; RFC 7946 §3.1.8 advises against any.
    static let depthLimit = 8

    static func geometry(_ bytes: Span<UInt8>, _ index: inout Int, depth: Int) throws -> Geometry {
        guard depth < depthLimit else { throw GeometryProblem.unreadable }
        let members = try members(bytes, &index)
        if members.type == Array("Feature".utf8), var inner = members.geometry {
            return try geometry(bytes, &inner, depth: depth + 1)
        }
        if members.type == Array("GeometryCollection".utf8), var inner = members.geometries {
            let geometries = try list(bytes, &inner) { index in
                try geometry(bytes, &index, depth: depth + 1)
            }
            guard !geometries.isEmpty else { throw GeometryProblem.empty }
            return .collection(geometries)
        }
        guard let type = members.type, var start = members.coordinates else { throw GeometryProblem.unreadable }
        return try coordinates(String(decoding: type, as: UTF8.self), bytes, &start)
    }

    private struct Members {
        var type: [UInt8]?
        /// Where the values of these members begin.
        var coordinates: Int?
        var geometries: Int?
        var geometry: Int?
    }

    /// Members may come in any order, so their places are noted first.
    private static func members(_ bytes: Span<UInt8>, _ index: inout Int) throws -> Members {
        var members = Members()
        try JSONText.expect(0x7B, bytes, &index)
        if JSONText.skip(0x7D, bytes, &index) { return members }
        repeat {
            let name = try JSONText.string(bytes, &index)
            try JSONText.expect(0x3A, bytes, &index)
            let start = index
            let range = try JSONText.value(bytes, &index)
            switch String(decoding: name, as: UTF8.self) {
            case "type":
                var inner = range.lowerBound
                members.type = try JSONText.string(bytes, &inner)
            case "coordinates": members.coordinates = start
            case "geometries": members.geometries = start
            case "geometry": members.geometry = start
            default: break
            }
        } while JSONText.skip(0x2C, bytes, &index)
        try JSONText.expect(0x7D, bytes, &index)
        return members
    }

    private static func coordinates(_ type: String, _ bytes: Span<UInt8>, _ index: inout Int) throws -> Geometry {
        switch type {
        case "Point": return .point(try position(bytes, &index))
        case "MultiPoint": return .multiPoint(try positions(bytes, &index))
        case "LineString": return .lineString(try positions(bytes, &index))
        case "MultiLineString": return .multiLineString(try lines(bytes, &index))
        case "Polygon": return .polygon(try lines(bytes, &index))
        case "MultiPolygon":
            return .multiPolygon(try list(bytes, &index) { index in try lines(bytes, &index) })
        default: throw GeometryProblem.unsupported
        }
    }

    private static func lines(_ bytes: Span<UInt8>, _ index: inout Int) throws -> [[Coordinates]] {
        try list(bytes, &index) { index in try positions(bytes, &index) }
    }

    private static func positions(_ bytes: Span<UInt8>, _ index: inout Int) throws -> [Coordinates] {
        try list(bytes, &index) { index in try position(bytes, &index) }
    }

    private static func list<Element>(
        _ bytes: Span<UInt8>, _ index: inout Int, _ read: (inout Int) throws -> Element
    ) throws -> [Element] {
        try JSONText.expect(0x5B, bytes, &index)
        var elements: [Element] = []
        if JSONText.skip(0x5D, bytes, &index) { return elements }
        repeat { elements.append(try read(&index)) } while JSONText.skip(0x2C, bytes, &index)
        try JSONText.expect(0x5D, bytes, &index)
        return elements
    }

    /// Two numbers, and any more of them unread: heights and measures.
    private static func position(_ bytes: Span<UInt8>, _ index: inout Int) throws -> Coordinates {
        try JSONText.expect(0x5B, bytes, &index)
        if JSONText.skip(0x5D, bytes, &index) { throw GeometryProblem.empty }
        let x = try number(bytes, &index)
        try JSONText.expect(0x2C, bytes, &index)
        let y = try number(bytes, &index)
        while JSONText.skip(0x2C, bytes, &index) { _ = try number(bytes, &index) }
        try JSONText.expect(0x5D, bytes, &index)
        return Coordinates(x: x, y: y)
    }

    private static func number(_ bytes: Span<UInt8>, _ index: inout Int) throws -> Double {
        let range = try JSONText.number(bytes, &index)
        guard let value = Coordinate.read(bytes.extracting(range)) else { throw GeometryProblem.unreadable }
        return value
    }
}
