import Geospatial

extension FuzzTarget {
    /// Places as sources write them: GeoJSON, Esri JSON, well-known text, GML as JsonML.
    static let geometry = FuzzTarget(name: "geometry") { bytes in
        let transformations = Transformations()
        guard let served = try read(FuzzInput(bytes).bytes, transformations) else { return }
        // What is served is GeoJSON in its normal form, which reads as itself.
        let again = try read(served, transformations)
        try require(again == served, "what is served reads as \(String(decoding: again ?? [], as: UTF8.self))")
    }

    private static func read(_ bytes: [UInt8], _ transformations: Transformations) throws -> [UInt8]? {
        do throws(GeometryProblem) {
            guard !bytes.isEmpty,
                let source = try SourceGeometry.read(bytes.span, transformations: transformations)
            else { return nil }
            let reference = source.reference ?? source.implied ?? .crs84
            let (moved, _) = try transformations.stated(reference).apply(source.geometry)
            var closed = false
            var output: [UInt8] = []
            try moved.shaped(closed: &closed).append(geoJSONTo: &output)
            return output
        } catch {
            return nil
        }
    }
}
