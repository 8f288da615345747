import Standards

/// A geometry as a source wrote it, with the reference system that the source names beside it.
///
/// Its positions are in the order that they came in: `reference` says which order that is.
public struct SourceGeometry: Sendable, Equatable {
    public var geometry: Geometry
    /// The system that the source names; nil where it names none.
    public var reference: CoordinateReference?
    /// The system that the encoding stands for where nobody names one: CRS84 in GeoJSON (RFC 7946 §4).
    public var implied: CoordinateReference?

    public init(geometry: Geometry, reference: CoordinateReference? = nil, implied: CoordinateReference? = nil) {
        self.geometry = geometry
        self.reference = reference
        self.implied = implied
    }

    /// Reads GeoJSON (RFC 7946), Esri JSON, well-known text (ISO 19125-1 §7) with or without `SRID=`, or GML whose markup
    /// is written as JsonML.
    ///
    /// - Parameters:
    ///   - bytes: a text without blanks around it.
    ///   - transformations: asked how many coordinates a position of GML has, where only its reference system says so.
    /// - Returns: nil for a feature that says it has no geometry.
    public static func read(
        _ bytes: Span<UInt8>, transformations: Transformations
    ) throws(GeometryProblem) -> SourceGeometry? {
        var index = 0
        switch JSONText.peek(bytes, &index) {
        case 0x7B: return try readObject(bytes)
        case 0x5B: return try GML.read(bytes, transformations: transformations)
        default: return try SourceGeometry(wellKnownText: bytes)
        }
    }

    private static func readObject(_ bytes: Span<UInt8>) throws(GeometryProblem) -> SourceGeometry? {
        do {
            var index = 0
            let members = try JSONMembers(bytes, &index)
            guard JSONText.peek(bytes, &index) == nil else { throw GeometryProblem.unreadable }
            if members["type"] == nil, EsriJSON.isMeant(by: members) {
                return try EsriJSON.read(members, bytes)
            }
            return try GeoJSON.read(members, bytes)
        } catch let problem as GeometryProblem {
            throw problem
        } catch {
            throw .unreadable
        }
    }
}

/// Where the members of a JSON object stand in its text.
struct JSONMembers {
    private let places: [String: Range<Int>]

    /// Of several members of one name the last counts, as in most readers.
    init(_ bytes: Span<UInt8>, _ index: inout Int) throws(JSONText.Unexpected) {
        var places: [String: Range<Int>] = [:]
        try JSONText.expect(0x7B, bytes, &index)
        if !JSONText.skip(0x7D, bytes, &index) {
            repeat {
                let name = String(decoding: try JSONText.string(bytes, &index), as: UTF8.self)
                try JSONText.expect(0x3A, bytes, &index)
                places[name] = try JSONText.value(bytes, &index)
            } while JSONText.skip(0x2C, bytes, &index)
            try JSONText.expect(0x7D, bytes, &index)
        }
        self.places = places
    }

    subscript(name: String) -> Range<Int>? { places[name] }

    var names: [String] { Array(places.keys) }

    func contains(_ names: [String]) -> Bool { names.contains { places[$0] != nil } }

    func isNull(_ name: String, _ bytes: Span<UInt8>) -> Bool {
        places[name].map { bytes[$0.lowerBound] == 0x6E } ?? false
    }

    /// A member that is a string; nil for anything else.
    func text(_ name: String, _ bytes: Span<UInt8>) throws(JSONText.Unexpected) -> String? {
        guard let place = places[name], bytes[place.lowerBound] == 0x22 else { return nil }
        var index = place.lowerBound
        return String(decoding: try JSONText.string(bytes, &index), as: UTF8.self)
    }

    /// A member that is a whole number; nil for anything else.
    func integer(_ name: String, _ bytes: Span<UInt8>) -> Int? {
        guard let place = places[name], place.count <= 18 else { return nil }
        return bytes.extracting(place).withUnsafeBufferPointer { Int(String(decoding: $0, as: UTF8.self)) }
    }

    /// A member that is an object; nil where it is missing or null.
    func object(_ name: String, _ bytes: Span<UInt8>) throws(JSONText.Unexpected) -> JSONMembers? {
        guard let place = places[name], bytes[place.lowerBound] != 0x6E else { return nil }
        var index = place.lowerBound
        return try JSONMembers(bytes, &index)
    }
}

/// Steps through arrays of positions.
enum JSONPositions {
    static func list<Element>(
        _ bytes: Span<UInt8>, _ index: inout Int, _ read: (inout Int) throws -> Element
    ) throws -> [Element] {
        try JSONText.expect(0x5B, bytes, &index)
        var elements: [Element] = []
        if JSONText.skip(0x5D, bytes, &index) { return elements }
        repeat { elements.append(try read(&index)) } while JSONText.skip(0x2C, bytes, &index)
        try JSONText.expect(0x5D, bytes, &index)
        return elements
    }

    static func lines(_ bytes: Span<UInt8>, _ index: inout Int) throws -> [[Coordinates]] {
        try list(bytes, &index) { index in try positions(bytes, &index) }
    }

    static func positions(_ bytes: Span<UInt8>, _ index: inout Int) throws -> [Coordinates] {
        try list(bytes, &index) { index in try position(bytes, &index) }
    }

    /// Two numbers, and any more of them unread: heights and measures, which may be null.
    static func position(_ bytes: Span<UInt8>, _ index: inout Int) throws -> Coordinates {
        try JSONText.expect(0x5B, bytes, &index)
        if JSONText.skip(0x5D, bytes, &index) { throw GeometryProblem.empty }
        let x = try number(bytes, &index)
        try JSONText.expect(0x2C, bytes, &index)
        let y = try number(bytes, &index)
        while JSONText.skip(0x2C, bytes, &index) {
            if JSONText.peek(bytes, &index) == 0x6E {
                try JSONText.value(bytes, &index)
            } else {
                _ = try number(bytes, &index)
            }
        }
        try JSONText.expect(0x5D, bytes, &index)
        return Coordinates(x: x, y: y)
    }

    static func number(_ bytes: Span<UInt8>, _ index: inout Int) throws -> Double {
        let range = try JSONText.number(bytes, &index)
        guard let value = Coordinate.read(bytes.extracting(range)) else { throw GeometryProblem.unreadable }
        return value
    }
}
