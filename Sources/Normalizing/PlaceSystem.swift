import Geospatial

/// The reference system that an entry declares for a field, and the transformations of the run.
struct PlaceSystem {
    let declared: CoordinateReference?
    let transformations: Transformations

    /// The transformation for a geometry, and whether its source names another system than the entry.
    ///
    /// The source knows best what it wrote: its name counts before the entry's, and the entry's before what the encoding
    /// stands for.
    func transformation(
        for source: SourceGeometry
    ) throws(GeometryProblem) -> (transformation: Transformation, isOther: Bool) {
        guard let stated = source.reference else {
            guard let reference = declared ?? source.implied else { throw .undeclaredReference }
            return (try transformations.stated(reference), false)
        }
        let transformation = try transformations.stated(stated)
        return (transformation, declared.map { !transformations.areSame(stated, $0) } ?? false)
    }
}
