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
