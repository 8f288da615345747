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
    /// Numbers that a position has: 3 in a system with heights.
    let axes: Int

    /// Degrees beyond its area that coordinates may lie: surveys cross the edges of their zone.
    private static let margin = 3.0

    /// - Throws: `catalogue.invalid` for a reference system that PROJ does not know, or that is not one of places on a map.
    public init(from reference: CoordinateReference) throws(Fault) {
        guard reference != .crs84 else {
            context = nil
            projection = nil
            area = BoundingBox(west: -180, south: -90, east: 180, north: 90)
            axes = 2
            return
        }
        let context = proj_context_create()
        proj_log_level(context, PJ_LOG_NONE)
        proj_context_set_enable_network(context, 0)
        let system = proj_create(context, reference.name)
        defer { proj_destroy(system) }
        guard Self.isHorizontal(system),
            let pair = proj_create_crs_to_crs(context, reference.name, CoordinateReference.crs84.name, nil)
        else {
            proj_context_destroy(context)
            throw Fault(
                .badCatalogue, "no transformation from \(reference.name) to CRS84 is known",
                advice: "Give the EPSG code of the reference system, for example EPSG:4547 for CGCS2000 at 114°E.")
        }
        self.context = context
        // As it is made, it takes the axes in the register's order.
        if reference.isInAuthorityOrder {
            projection = pair
        } else {
            projection = proj_normalize_for_visualization(context, pair)
            proj_destroy(pair)
        }
        area = Self.area(of: system, context)
        let coordinateSystem = proj_crs_get_coordinate_system(context, system)
        defer { proj_destroy(coordinateSystem) }
        axes = reference.hasHeight ? 3 : max(2, Int(proj_cs_get_axis_count(context, coordinateSystem)))
    }

    /// Positions from the Earth's centre and heights alone are no places that longitude and latitude follow from.
    private static func isHorizontal(_ system: OpaquePointer?) -> Bool {
        guard let system else { return false }
        switch proj_get_type(system) {
        case PJ_TYPE_GEOGRAPHIC_2D_CRS, PJ_TYPE_GEOGRAPHIC_3D_CRS, PJ_TYPE_PROJECTED_CRS: return true
        default: return false
        }
    }

    deinit {
        if let projection { proj_destroy(projection) }
        if let context { proj_context_destroy(context) }
    }

    private static func area(of system: OpaquePointer?, _ context: OpaquePointer?) -> BoundingBox {
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
    /// - Parameter position: easting (or longitude) and northing (or latitude), unless the reference system's name says
    ///   otherwise, in the units of the system.
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
