import Filter
import Model

/// Which records are wanted, as a caller says it. ``QueryPlan`` checks it against a collection.
public struct RecordQuery: Sendable, Codable, Equatable {
    public var filter: FilterExpression?
    public var box: BoundingBox?
    /// Names of the fields wanted, in order; nil for all that may be seen.
    public var properties: [String]?
    public var sort: [SortTerm]
    public var limit: Int
    /// Where the page before ended, as its `next` said.
    public var cursor: String?

    public init(
        filter: FilterExpression? = nil, box: BoundingBox? = nil, properties: [String]? = nil, sort: [SortTerm] = [],
        limit: Int = RecordQuery.standardLimit, cursor: String? = nil
    ) {
        self.filter = filter
        self.box = box
        self.properties = properties
        self.sort = sort
        self.limit = limit
        self.cursor = cursor
    }

    public static let standardLimit = 100
    /// A larger limit is clamped to this.
    public static let greatestLimit = 10_000
    /// The same for answers that are never held whole: a line a record.
    public static let greatestLineLimit = 1_000_000
    /// Versions of one record that its history gives, the newest of them.
    public static let mostVersions = 1_000
}

/// One term of an order.
public struct SortTerm: Sendable, Codable, Equatable {
    public var field: String
    public var isDescending: Bool

    public init(field: String, isDescending: Bool = false) {
        self.field = field
        self.isDescending = isDescending
    }
}

/// A box in CRS84: degrees, longitude first. `west` greater than `east` spans the antimeridian.
public struct BoundingBox: Sendable, Codable, Equatable {
    public var west: Double
    public var south: Double
    public var east: Double
    public var north: Double

    public init(west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }
}
