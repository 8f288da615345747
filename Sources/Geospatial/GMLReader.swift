/// Reads the geometries of GML 2 (OGC 02-069), 3.1.1 (OGC 03-105r1) and 3.2 (ISO 19136) that RFC 7946 has too.
///
/// The markup comes as JsonML. Positions keep the order that they are written in, which the reference system's name says.
struct GML {
    let transformations: Transformations
    /// The system that the geometry or a part of it names; all parts name the same.
    private(set) var reference: CoordinateReference?
    /// `srsDimension` of the elements around, the innermost last.
    var dimensions: [Int] = []
    /// Elements within each other.
    private var depth = 0

    private static let depthLimit = 32

    /// What one element is: a geometry, pieces of a line, or surfaces.
    enum Kind {
        case point, line, polygon, curves, surfaces, multiPoint, multiLine, multiSurface, collection, unsupported
    }

    static let kinds: [String: Kind] = [
        "Point": .point, "LineString": .line, "LinearRing": .line, "LineStringSegment": .line,
        "Polygon": .polygon, "PolygonPatch": .polygon, "Rectangle": .polygon, "Triangle": .polygon,
        "Curve": .curves, "CompositeCurve": .curves, "Ring": .curves,
        "Surface": .surfaces, "CompositeSurface": .surfaces, "PolyhedralSurface": .surfaces,
        "TriangulatedSurface": .surfaces,
        "MultiPoint": .multiPoint, "MultiLineString": .multiLine, "MultiCurve": .multiLine,
        "MultiPolygon": .multiSurface, "MultiSurface": .multiSurface, "MultiGeometry": .collection,
        "Arc": .unsupported, "ArcByBulge": .unsupported, "ArcByCenterPoint": .unsupported, "ArcString": .unsupported,
        "ArcStringByBulge": .unsupported, "BSpline": .unsupported, "Bezier": .unsupported, "Box": .unsupported,
        "Circle": .unsupported, "CircleByCenterPoint": .unsupported, "Clothoid": .unsupported,
        "CompositeSolid": .unsupported, "Cone": .unsupported, "CubicSpline": .unsupported, "Cylinder": .unsupported,
        "Envelope": .unsupported, "Geodesic": .unsupported, "GeodesicString": .unsupported, "Grid": .unsupported,
        "MultiSolid": .unsupported, "OffsetCurve": .unsupported, "OrientableCurve": .unsupported,
        "OrientableSurface": .unsupported, "Solid": .unsupported, "Sphere": .unsupported, "Tin": .unsupported,
    ]

    init(transformations: Transformations) { self.transformations = transformations }

    /// Reads a geometry, or the property around it.
    static func read(
        _ bytes: Span<UInt8>, transformations: Transformations
    ) throws(GeometryProblem) -> SourceGeometry {
        var reader = GML(transformations: transformations)
        var index = 0
        let root = try MarkupElement(bytes, &index, namespace: "")
        let geometry: Geometry
        if kind(of: root) != nil {
            geometry = try reader.geometry(root, bytes, &index)
        } else {
            geometry = try reader.property(root, bytes, &index)
        }
        guard index == bytes.count else { throw .unreadable }
        return SourceGeometry(geometry: geometry, reference: reader.reference)
    }

    /// nil for what is no geometry of GML. Elements of no namespace are taken for GML's own.
    static func kind(of element: MarkupElement) -> Kind? {
        guard element.namespace.isEmpty || element.namespace.hasPrefix("http://www.opengis.net/gml") else {
            return nil
        }
        return kinds[element.name]
    }

    /// The one geometry that stands in an element.
    private mutating func property(
        _ element: MarkupElement, _ bytes: Span<UInt8>, _ index: inout Int
    ) throws(GeometryProblem) -> Geometry {
        let outer = try enter(element)
        defer { leave(outer) }
        var found: Geometry?
        try element.forEachElement(bytes, &index) { inner, index throws(GeometryProblem) in
            guard Self.kind(of: inner) != nil else { return false }
            guard found == nil else { throw .unreadable }
            found = try geometry(inner, bytes, &index)
            return true
        }
        guard let found else { throw element.isReference ? .unsupported : .unreadable }
        return found
    }

    mutating func geometry(
        _ element: MarkupElement, _ bytes: Span<UInt8>, _ index: inout Int
    ) throws(GeometryProblem) -> Geometry {
        switch Self.kind(of: element) {
        case .point:
            let positions = try line(element, bytes, &index)
            guard let position = positions.first else { throw .empty }
            guard positions.count == 1 else { throw .unreadable }
            return .point(position)
        case .line, .curves: return .lineString(try line(element, bytes, &index))
        case .polygon: return .polygon(try rings(element, bytes, &index))
        case .surfaces, .multiSurface:
            let polygons = try polygons(element, bytes, &index)
            let isOne = Self.kind(of: element) == .surfaces && polygons.count == 1
            return isOne ? .polygon(polygons[0]) : .multiPolygon(polygons)
        case .multiPoint:
            return .multiPoint(
                try members(element, bytes, &index).map { member throws(GeometryProblem) in
                    guard case .point(let position) = member else { throw .unreadable }
                    return position
                })
        case .multiLine:
            return .multiLineString(
                try members(element, bytes, &index).map { member throws(GeometryProblem) in
                    guard case .lineString(let line) = member else { throw .unreadable }
                    return line
                })
        case .collection: return .collection(try members(element, bytes, &index))
        case .unsupported: throw .unsupported
        case nil: throw .unreadable
        }
    }

    /// Takes what an element says of reference system and dimension.
    mutating func enter(_ element: MarkupElement) throws(GeometryProblem) -> Int {
        guard depth < Self.depthLimit else { throw .unreadable }
        if let name = element.attributes["srsName"], !name.isEmpty {
            try CoordinateReference(stated: name).join(&reference)
        }
        let outer = dimensions.count
        if let text = element.attributes["srsDimension"] ?? element.attributes["dimension"] {
            guard let dimension = Int(text), (2...4).contains(dimension) else { throw .unreadable }
            dimensions.append(dimension)
        }
        depth += 1
        return outer
    }

    mutating func leave(_ outer: Int) {
        dimensions.removeLast(dimensions.count - outer)
        depth -= 1
    }
}

extension MarkupElement {
    /// Whether it points at an element elsewhere (`xlink:href`) instead of holding one.
    var isReference: Bool { attributes["href"] != nil }
}
