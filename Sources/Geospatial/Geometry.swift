/// A place on the plane of a reference system: easting (or longitude) and northing (or latitude), in that order.
public struct Coordinates: Sendable, Equatable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// A geometry of RFC 7946 §3.1 (the Simple Features of GB/T 33187.1), without heights.
public enum Geometry: Sendable, Equatable {
    case point(Coordinates)
    case multiPoint([Coordinates])
    case lineString([Coordinates])
    case multiLineString([[Coordinates]])
    /// Rings: the outer one first, then the holes.
    case polygon([[Coordinates]])
    case multiPolygon([[[Coordinates]]])
    case collection([Geometry])

    /// The same geometry with every position changed.
    func map<Failure: Error>(_ change: (Coordinates) throws(Failure) -> Coordinates) throws(Failure) -> Geometry {
        switch self {
        case .point(let position): .point(try change(position))
        case .multiPoint(let positions): .multiPoint(try positions.each(change))
        case .lineString(let positions): .lineString(try positions.each(change))
        case .multiLineString(let lines):
            .multiLineString(try lines.each { line throws(Failure) in try line.each(change) })
        case .polygon(let rings): .polygon(try rings.each { ring throws(Failure) in try ring.each(change) })
        case .multiPolygon(let polygons):
            .multiPolygon(
                try polygons.each { rings throws(Failure) in
                    try rings.each { ring throws(Failure) in try ring.each(change) }
                })
        case .collection(let members):
            .collection(try members.each { member throws(Failure) in try member.map(change) })
        }
    }

    /// Calls with every position, in order.
    func forEach(_ body: (Coordinates) -> Void) {
        switch self {
        case .point(let position): body(position)
        case .multiPoint(let positions), .lineString(let positions): positions.forEach(body)
        case .multiLineString(let lines), .polygon(let lines): lines.forEach { $0.forEach(body) }
        case .multiPolygon(let polygons): polygons.forEach { $0.forEach { $0.forEach(body) } }
        case .collection(let members): members.forEach { $0.forEach(body) }
        }
    }
}

extension Array {
    /// `map`, where the standard library's does not keep the type of the error in a closure of this kind.
    func each<Result, Failure: Error>(
        _ change: (Element) throws(Failure) -> Result
    ) throws(Failure) -> [Result] {
        var results: [Result] = []
        results.reserveCapacity(count)
        for element in self { results.append(try change(element)) }
        return results
    }
}

/// Why a text is not a geometry that can be served.
public enum GeometryProblem: Error, Sendable, Equatable {
    /// None of the encodings, or broken.
    case unreadable
    /// A kind of geometry that RFC 7946 does not have: curves, boxes, parts in several reference systems.
    case unsupported
    /// It has no positions.
    case empty
    /// A line of less than two positions, or a ring of less than four.
    case tooShort
    /// A position that is no place on Earth, or lies far from where its reference system is used.
    case range
    /// Neither the source nor the entry says which reference system the coordinates are in.
    case undeclaredReference
    /// The source names a reference system that PROJ does not know, or one that must not be used.
    case unknownReference
}

/// West, south, east and north of a geometry, in degrees.
public struct BoundingBox: Sendable, Equatable {
    public var west = Double.infinity
    public var south = Double.infinity
    public var east = -Double.infinity
    public var north = -Double.infinity

    public init() {}

    public init(west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    mutating func extend(to position: Coordinates) {
        west = min(west, position.x)
        east = max(east, position.x)
        south = min(south, position.y)
        north = max(north, position.y)
    }
}
