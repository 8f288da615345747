import CProj
import Model

/// The transformations that a run needs: one for each reference system, since making one takes milliseconds.
///
/// It is of one task, as its transformations are.
public final class Transformations {
    private enum Known {
        case transformation(Transformation)
        /// PROJ does not know the system.
        case unknown
    }

    private struct Pair: Hashable {
        let one: String
        let other: String
    }

    private var known: [CoordinateReference: Known] = [:]
    private var sameness: [Pair: Bool] = [:]

    /// Systems that are kept at a time: a source that names ever new ones must not fill the memory.
    private static let limit = 64

    public init() {}

    /// The transformation for a system that an entry declares.
    ///
    /// - Throws: `catalogue.invalid` for a system that PROJ does not know.
    public func declared(_ reference: CoordinateReference) throws(Fault) -> Transformation {
        if case .transformation(let transformation) = known[reference] { return transformation }
        let transformation = try Transformation(from: reference)
        known[reference] = .transformation(transformation)
        return transformation
    }

    /// The transformation for a system that a source names.
    ///
    /// - Throws: `.unknownReference` for one that PROJ does not know.
    public func stated(_ reference: CoordinateReference) throws(GeometryProblem) -> Transformation {
        if let known = known[reference] {
            guard case .transformation(let transformation) = known else { throw .unknownReference }
            return transformation
        }
        if known.count >= Self.limit { known.removeAll() }
        do throws(Fault) {
            return try declared(reference)
        } catch {
            known[reference] = .unknown
            throw .unknownReference
        }
    }

    /// Numbers in a position of a system that a source names.
    func axes(of reference: CoordinateReference) throws(GeometryProblem) -> Int { try stated(reference).axes }

    /// Whether two names mean the same system, whatever the order of its axes.
    public func areSame(_ one: CoordinateReference, _ other: CoordinateReference) -> Bool {
        if one.name == other.name { return true }
        let pair = Pair(one: one.name, other: other.name)
        if let answer = sameness[pair] { return answer }
        let answer = Self.areEquivalent(one.name, other.name)
        if sameness.count >= Self.limit { sameness.removeAll() }
        sameness[pair] = answer
        return answer
    }

    private static func areEquivalent(_ one: String, _ other: String) -> Bool {
        let context = proj_context_create()
        proj_log_level(context, PJ_LOG_NONE)
        defer { proj_context_destroy(context) }
        let (first, second) = (proj_create(context, one), proj_create(context, other))
        defer {
            proj_destroy(first)
            proj_destroy(second)
        }
        guard first != nil, second != nil else { return false }
        return proj_is_equivalent_to_with_ctx(
            context, first, second, PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) == 1
    }
}
