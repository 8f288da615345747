/// A document as a draft looks at it: whatever its format, values, members in their order, and lists.
indirect enum Sample: Equatable {
    case value(Value)
    case members([Member])
    case list([Sample])

    struct Member: Equatable {
        var name: String
        var sample: Sample
    }

    /// A single value as it was written.
    struct Value: Equatable {
        enum Kind: Equatable {
            case text, number, flag, null
        }
        var kind: Kind
        var text: String

        /// Whether it says nothing.
        var isEmpty: Bool { kind == .null || text.allSatisfy(\.isWhitespace) }
    }

    /// The first member of that name.
    subscript(name: String) -> Sample? {
        guard case .members(let members) = self else { return nil }
        return members.first { $0.name == name }?.sample
    }

    /// A place as GeoJSON writes it (RFC 7946, section 3.1).
    var isGeometry: Bool {
        let types = [
            "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
        ]
        guard case .value(let type)? = self["type"], types.contains(type.text) else { return false }
        return self["coordinates"] != nil || self["geometries"] != nil
    }
}
