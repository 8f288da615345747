extension SourceGeometry {
    /// Reads well-known text (ISO 19125-1 §7), `POINT (384316.5 3138903.7)`, and PostGIS's with the number of a reference
    /// system before it, `SRID=4547;POINT (384316.5 3138903.7)`.
    ///
    /// Easting (longitude) first; Z and M are left out. `SRID=0` names no system.
    init(wellKnownText bytes: Span<UInt8>) throws(GeometryProblem) {
        var reader = WellKnownText()
        let number = try reader.spatialReferenceNumber(bytes)
        let geometry = try reader.geometry(bytes, depth: 0)
        reader.passBlanks(bytes)
        guard reader.index == bytes.count else { throw .unreadable }
        var reference: CoordinateReference?
        if let number, number != 0 { reference = try CoordinateReference(number: number) }
        self.init(geometry: geometry, reference: reference)
    }
}

private struct WellKnownText {
    var index = 0

    /// The number after `SRID=`; nil where the text begins otherwise.
    mutating func spatialReferenceNumber(_ bytes: Span<UInt8>) throws(GeometryProblem) -> Int? {
        guard word(bytes) == "SRID" else {
            index = 0
            return nil
        }
        try expect(0x3D, bytes)
        passBlanks(bytes)
        var number = 0
        let start = index
        while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39, index - start < 9 {
            number = number * 10 + Int(bytes[index] - 0x30)
            index += 1
        }
        guard index > start else { throw .unreadable }
        try expect(0x3B, bytes)
        return number
    }

    mutating func geometry(_ bytes: Span<UInt8>, depth: Int) throws(GeometryProblem) -> Geometry {
        guard depth < 8 else { throw .unreadable }
        let kind = word(bytes)
        var next = word(bytes)
        if ["Z", "M", "ZM"].contains(next) { next = word(bytes) }
        if next == "EMPTY" { throw .empty }
        guard next.isEmpty else { throw .unreadable }
        switch kind {
        case "POINT", "POINTZ", "POINTM", "POINTZM":
            let positions = try positions(bytes)
            guard positions.count == 1 else { throw .unreadable }
            return .point(positions[0])
        case "MULTIPOINT": return .multiPoint(try multiPoint(bytes))
        case "LINESTRING": return .lineString(try positions(bytes))
        case "MULTILINESTRING": return .multiLineString(try lines(bytes))
        case "POLYGON": return .polygon(try lines(bytes))
        case "MULTIPOLYGON": return .multiPolygon(try polygons(bytes))
        case "GEOMETRYCOLLECTION": return .collection(try members(bytes, depth: depth))
        case "CIRCULARSTRING", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE", "MULTISURFACE", "TIN", "TRIANGLE",
            "POLYHEDRALSURFACE", "CURVE", "SURFACE":
            throw .unsupported
        default: throw .unreadable
        }
    }

    private mutating func members(_ bytes: Span<UInt8>, depth: Int) throws(GeometryProblem) -> [Geometry] {
        var members: [Geometry] = []
        try expect(0x28, bytes)
        repeat { members.append(try geometry(bytes, depth: depth + 1)) } while skip(0x2C, bytes)
        try expect(0x29, bytes)
        return members
    }

    private mutating func polygons(_ bytes: Span<UInt8>) throws(GeometryProblem) -> [[[Coordinates]]] {
        var polygons: [[[Coordinates]]] = []
        try expect(0x28, bytes)
        repeat { polygons.append(try lines(bytes)) } while skip(0x2C, bytes)
        try expect(0x29, bytes)
        return polygons
    }

    private mutating func lines(_ bytes: Span<UInt8>) throws(GeometryProblem) -> [[Coordinates]] {
        var lines: [[Coordinates]] = []
        try expect(0x28, bytes)
        repeat { lines.append(try positions(bytes)) } while skip(0x2C, bytes)
        try expect(0x29, bytes)
        return lines
    }

    /// Both `MULTIPOINT (1 2, 3 4)` and `MULTIPOINT ((1 2), (3 4))` are written.
    private mutating func multiPoint(_ bytes: Span<UInt8>) throws(GeometryProblem) -> [Coordinates] {
        let start = index
        try expect(0x28, bytes)
        let isNested = skip(0x28, bytes)
        index = start
        return isNested ? try lines(bytes).flatMap(\.self) : try positions(bytes)
    }

    private mutating func positions(_ bytes: Span<UInt8>) throws(GeometryProblem) -> [Coordinates] {
        var positions: [Coordinates] = []
        try expect(0x28, bytes)
        repeat {
            positions.append(Coordinates(x: try number(bytes), y: try number(bytes)))
            while try passHeight(bytes) {}
        } while skip(0x2C, bytes)
        try expect(0x29, bytes)
        return positions
    }

    private mutating func number(_ bytes: Span<UInt8>) throws(GeometryProblem) -> Double {
        passBlanks(bytes)
        let start = index
        while index < bytes.count, !isDelimiter(bytes[index]) { index += 1 }
        guard index > start, let value = Coordinate.read(bytes.extracting(start..<index)) else { throw .unreadable }
        return value
    }

    /// Passes a height or measure, which may be `NaN`; false where the position ends.
    private mutating func passHeight(_ bytes: Span<UInt8>) throws(GeometryProblem) -> Bool {
        passBlanks(bytes)
        guard index < bytes.count, !isDelimiter(bytes[index]) else { return false }
        let start = index
        if word(bytes) == "NAN", index == bytes.count || isDelimiter(bytes[index]) { return true }
        index = start
        _ = try number(bytes)
        return true
    }

    /// A word in upper case; empty where none is next.
    private mutating func word(_ bytes: Span<UInt8>) -> String {
        passBlanks(bytes)
        var letters: [UInt8] = []
        while index < bytes.count, case let letter = bytes[index] & 0xDF, letter >= 0x41, letter <= 0x5A {
            letters.append(letter)
            index += 1
        }
        return String(decoding: letters, as: UTF8.self)
    }

    private mutating func expect(_ byte: UInt8, _ bytes: Span<UInt8>) throws(GeometryProblem) {
        guard skip(byte, bytes) else { throw .unreadable }
    }

    private mutating func skip(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        passBlanks(bytes)
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    mutating func passBlanks(_ bytes: Span<UInt8>) {
        while index < bytes.count, bytes[index] == 0x20 || (bytes[index] >= 0x09 && bytes[index] <= 0x0D) {
            index += 1
        }
    }

    private func isDelimiter(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x28 || byte == 0x29 || byte == 0x2C || (byte >= 0x09 && byte <= 0x0D)
    }
}
