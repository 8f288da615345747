import CProj
import Model

/// Brings coordinates of one reference system into CRS84, longitude before latitude.
///
/// It owns a PROJ context, which one thread at a time may use: make one for each run, and leave it in its task.
public final class Transformation {
    private let context: OpaquePointer?
    private let projection: OpaquePointer?
    /// Where the reference system is meant to be used, widened: what lies outside was written in another one.
    private let area: BoundingBox

    /// Degrees beyond its area that coordinates may lie: surveys cross the edges of their zone.
    private static let margin = 3.0

    /// - Throws: `catalogue.invalid` for a reference system that PROJ does not know.
    public init(from reference: CoordinateReference) throws(Fault) {
        guard reference != .crs84 else {
            context = nil
            projection = nil
            area = BoundingBox(west: -180, south: -90, east: 180, north: 90)
            return
        }
        let context = proj_context_create()
        proj_log_level(context, PJ_LOG_NONE)
        proj_context_set_enable_network(context, 0)
        guard let pair = proj_create_crs_to_crs(context, reference.name, CoordinateReference.crs84.name, nil) else {
            proj_context_destroy(context)
            throw Fault(
                .badCatalogue, "no transformation from \(reference.name) to CRS84 is known",
                advice: "Give the EPSG code of the reference system, for example EPSG:4547 for CGCS2000 at 114°E.")
        }
        let ordered = proj_normalize_for_visualization(context, pair)
        proj_destroy(pair)
        self.context = context
        self.projection = ordered
        self.area = Self.area(of: reference, context)
    }

    deinit {
        if let projection { proj_destroy(projection) }
        if let context { proj_context_destroy(context) }
    }

    private static func area(of reference: CoordinateReference, _ context: OpaquePointer?) -> BoundingBox {
        let system = proj_create(context, reference.name)
        defer { proj_destroy(system) }
        var box = BoundingBox()
        guard proj_get_area_of_use(context, system, &box.west, &box.south, &box.east, &box.north, nil) == 1,
            box.west > -1000, box.west < box.east
        else { return BoundingBox(west: -180, south: -90, east: 180, north: 90) }
        return BoundingBox(
            west: max(-180, box.west - margin), south: max(-90, box.south - margin),
            east: min(180, box.east + margin), north: min(90, box.north + margin))
    }

    /// The place in longitude and latitude, rounded to seven decimals.
    ///
    /// - Parameter position: easting (or longitude) and northing (or latitude), in the units of the reference system.
    public func apply(_ position: Coordinates) throws(GeometryProblem) -> Coordinates {
        guard position.x.isFinite, position.y.isFinite else { throw .range }
        var place = position
        if let projection {
            let moved = proj_trans(projection, PJ_FWD, proj_coord(position.x, position.y, 0, 0))
            place = Coordinates(x: moved.xy.x, y: moved.xy.y)
        }
        // Also false for the infinity that PROJ answers with where it cannot transform.
        guard place.x >= area.west, place.x <= area.east, place.y >= area.south, place.y <= area.north else {
            if let projection { proj_errno_reset(projection) }
            throw .range
        }
        return place.rounded
    }

    /// The geometry in longitude and latitude, and its bounding box.
    public func apply(_ geometry: Geometry) throws(GeometryProblem) -> (Geometry, BoundingBox) {
        let moved = try geometry.map { position throws(GeometryProblem) in try self.apply(position) }
        var box = BoundingBox()
        moved.forEach { box.extend(to: $0) }
        guard box.west <= box.east else { throw .empty }
        return (moved, box)
    }
}
