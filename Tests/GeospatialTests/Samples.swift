@testable import Geospatial

/// A text as a source writes it, read.
func geometry(_ text: String) throws(GeometryProblem) -> SourceGeometry {
    let bytes = Array(text.utf8)
    guard let read = try SourceGeometry.read(bytes.span, transformations: Transformations()) else {
        throw .empty
    }
    return read
}

/// A text as a source writes it, in normal form, with the first decimals of each coordinate alone.
func served(_ text: String, decimals: Double = 1e7) throws(GeometryProblem) -> String {
    let transformations = Transformations()
    let bytes = Array(text.utf8)
    guard let source = try SourceGeometry.read(bytes.span, transformations: transformations),
        let reference = source.reference ?? source.implied
    else { throw .undeclaredReference }
    let (moved, _) = try transformations.stated(reference).apply(source.geometry)
    var closed = false
    var output: [UInt8] = []
    try moved.shaped(closed: &closed).map { position in
        Coordinates(x: (position.x * decimals).rounded() / decimals, y: (position.y * decimals).rounded() / decimals)
    }.append(geoJSONTo: &output)
    return String(decoding: output, as: UTF8.self)
}
