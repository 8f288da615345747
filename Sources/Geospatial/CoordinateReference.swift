/// The reference system that coordinates are given in, by its name in a register: `EPSG:4547`, `ESRI:102100`.
public struct CoordinateReference: Sendable, Equatable, Hashable {
    /// As PROJ knows it.
    public let name: String
    /// Whether coordinates come in the order of axes that the register defines, often northing or latitude first, instead
    /// of easting or longitude first.
    var isInAuthorityOrder = false
    /// Whether a height follows, of another system that the name adds.
    var hasHeight = false

    /// WGS 84 with longitude first: what everything is served in (RFC 7946 §4).
    public static let crs84 = CoordinateReference(known: "OGC:CRS84")

    /// Why a name is refused.
    public enum Problem: Error, Sendable, Equatable {
        /// 火星坐标 (GCJ-02) and Baidu's BD-09 are shifted by hundreds of metres, and by law only licensed surveyors may shift back.
        case shifted
        /// Neither `EPSG:` and a number nor `CRS84`.
        case unknown
    }

    /// Reads the name that an entry gives.
    public init(_ name: String) throws(Problem) {
        let upper = name.uppercased()
        let plain = upper.filter { $0.isLetter || $0.isNumber }
        if ["GCJ02", "GCJ", "BD09", "BD09LL", "BD09MC", "MARS"].contains(plain) || name.contains("火星") {
            throw .shifted
        }
        if ["CRS84", "OGCCRS84"].contains(plain) {
            self = .crs84
        } else if upper.hasPrefix("EPSG:"), let code = Int(upper.dropFirst(5)), code > 0 {
            self.init(known: "EPSG:\(code)")
        } else {
            throw .unknown
        }
    }

    /// - Parameter name: as PROJ knows it.
    init(known name: String) { self.name = name }
}
