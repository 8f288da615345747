extension Geometry {
    /// Appends the normal form: the shortest GeoJSON text, in the order of members that RFC 7946 shows. Positions are rounded.
    public func append(geoJSONTo output: inout [UInt8]) {
        switch self {
        case .point(let position):
            output.append(contentsOf: #"{"type":"Point","coordinates":"#.utf8)
            position.append(to: &output)
        case .multiPoint(let positions):
            output.append(contentsOf: #"{"type":"MultiPoint","coordinates":"#.utf8)
            append(positions, to: &output)
        case .lineString(let positions):
            output.append(contentsOf: #"{"type":"LineString","coordinates":"#.utf8)
            append(positions, to: &output)
        case .multiLineString(let lines):
            output.append(contentsOf: #"{"type":"MultiLineString","coordinates":"#.utf8)
            list(lines, to: &output) { append($0, to: &$1) }
        case .polygon(let rings):
            output.append(contentsOf: #"{"type":"Polygon","coordinates":"#.utf8)
            list(rings, to: &output) { append($0, to: &$1) }
        case .multiPolygon(let polygons):
            output.append(contentsOf: #"{"type":"MultiPolygon","coordinates":"#.utf8)
            list(polygons, to: &output) { list($0, to: &$1) { append($0, to: &$1) } }
        case .collection(let members):
            output.append(contentsOf: #"{"type":"GeometryCollection","geometries":"#.utf8)
            list(members, to: &output) { $0.append(geoJSONTo: &$1) }
        }
        output.append(0x7D)
    }

    private func append(_ positions: [Coordinates], to output: inout [UInt8]) {
        list(positions, to: &output) { $0.append(to: &$1) }
    }

    private func list<Element>(
        _ elements: [Element], to output: inout [UInt8], _ write: (Element, inout [UInt8]) -> Void
    ) {
        output.append(0x5B)
        for (number, element) in elements.enumerated() {
            if number > 0 { output.append(0x2C) }
            write(element, &output)
        }
        output.append(0x5D)
    }
}

extension Coordinates {
    /// Decimals of a degree that are kept: 7 are a centimetre, finer than any survey served here.
    public static let decimals = 10_000_000.0

    /// The position on the grid of seven decimals.
    var rounded: Coordinates {
        Coordinates(x: (x * Self.decimals).rounded() / Self.decimals, y: (y * Self.decimals).rounded() / Self.decimals)
    }

    func append(to output: inout [UInt8]) {
        output.append(0x5B)
        Self.append(x, to: &output)
        output.append(0x2C)
        Self.append(y, to: &output)
        output.append(0x5D)
    }

    /// Writes through an integer: no digits of a binary fraction can slip in.
    private static func append(_ value: Double, to output: inout [UInt8]) {
        let grid = Int64((value * decimals).rounded())
        if grid < 0 { output.append(0x2D) }
        let whole = grid.magnitude / 10_000_000
        var fraction = grid.magnitude % 10_000_000
        output.append(contentsOf: String(whole).utf8)
        guard fraction > 0 else { return }
        output.append(0x2E)
        var unit: UInt64 = 1_000_000
        while fraction > 0 {
            output.append(UInt8(truncatingIfNeeded: 0x30 + fraction / unit))
            fraction %= unit
            unit /= 10
        }
    }
}
