import Geospatial
import Model
import Standards

extension Column {
    /// Reads a place from one value: GeoJSON, Esri JSON, GML, well-known text, or a pair of numbers for a point.
    func readPlace(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        guard ASCII.holds(value) || isDocument(value) else {
            let folded = FullWidth.fold(value)
            return ASCII.holds(folded.span) && !folded.isEmpty
                ? readPlace(folded.span, into: &bytes) : .wrong(rule(.unreadable))
        }
        do throws(GeometryProblem) {
            guard let source = try source(value) else { return .absent }
            if type == .point {
                guard case .point = source.geometry else { throw .unreadable }
            }
            return try place(source, into: &bytes)
        } catch {
            return .wrong(rule(error))
        }
    }

    /// Reads a place from two values, the easting (or longitude) first.
    func readCoordinates(_ x: Span<UInt8>, _ y: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        guard let position = position(x, y) else { return .wrong(.pointUnreadable) }
        do throws(GeometryProblem) {
            return try place(SourceGeometry(geometry: .point(position)), into: &bytes)
        } catch {
            return .wrong(rule(error))
        }
    }

    /// GeoJSON, Esri JSON, or markup as JsonML: texts whose names and strings may be Chinese.
    private func isDocument(_ value: Span<UInt8>) -> Bool {
        var index = 1
        return value[0] == 0x7B || (value[0] == 0x5B && JSONText.peek(value, &index) == 0x22)
    }

    private func source(_ value: Span<UInt8>) throws(GeometryProblem) -> SourceGeometry? {
        guard let system else { throw .unreadable }
        if !isDocument(value), type == .point, let position = pair(value) {
            return SourceGeometry(geometry: .point(position))
        }
        return try SourceGeometry.read(value, transformations: system.transformations)
    }

    private func place(_ source: SourceGeometry, into bytes: inout [UInt8]) throws(GeometryProblem) -> Outcome {
        guard let system else { throw .unreadable }
        let (transformation, isOther) = try system.transformation(for: source)
        let (moved, box) = try transformation.apply(source.geometry)
        var closed = false
        let shaped = try moved.shaped(closed: &closed)
        for edge in [box.west, box.south, box.east, box.north] {
            withUnsafeBytes(of: edge) { bytes.append(contentsOf: $0) }
        }
        let start = bytes.count
        shaped.append(geoJSONTo: &bytes)
        let cell = RecordBatch.Cell(kind: .place, offset: start, length: bytes.count - start)
        // A value has one remark; an open ring is the smaller matter.
        if isOther { return .doubtful(cell, .geometryOtherReference) }
        return closed ? .doubtful(cell, .geometryOpenRing) : .value(cell)
    }

    /// `112.82,28.36`, `112.82 28.36` and `[112.82, 28.36]`.
    private func pair(_ value: Span<UInt8>) -> Coordinates? {
        let isBracketed = value[0] == 0x5B && value[value.count - 1] == 0x5D
        let inner = isBracketed ? 1..<value.count - 1 : 0..<value.count
        for index in inner where value[index] == 0x2C || value[index] == 0x20 {
            return position(
                value.extracting(inner.lowerBound..<index), value.extracting(index + 1..<inner.upperBound))
        }
        return nil
    }

    private func position(_ x: Span<UInt8>, _ y: Span<UInt8>) -> Coordinates? {
        guard let x = coordinate(x), let y = coordinate(y) else { return nil }
        return Coordinates(x: x, y: y)
    }

    private func coordinate(_ value: Span<UInt8>) -> Double? {
        if ASCII.holds(value) { return Coordinate.read(value.extracting(Blank.trim(value))) }
        let folded = FullWidth.fold(value)
        return Coordinate.read(folded.span.extracting(Blank.trim(folded.span)))
    }

    private func rule(_ problem: GeometryProblem) -> FindingRule {
        switch problem {
        case .range: type == .point ? .pointRange : .geometryRange
        case .unreadable: type == .point ? .pointUnreadable : .geometryUnreadable
        case .unsupported: .geometryUnsupported
        case .empty: .geometryEmpty
        case .tooShort: .geometryTooShort
        case .undeclaredReference: .geometryUndeclaredReference
        case .unknownReference: .geometryUnknownReference
        }
    }
}
