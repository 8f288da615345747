import Model
import Store

/// A record as a GeoJSON feature (RFC 7946, section 3.2): its first place is the geometry, null where it has none.
struct GeoJSONFeatures: RecordForm {
    private let geometry: Int?
    private let cells: JSONCells

    init(_ fields: [CollectionField]) {
        geometry = fields.firstIndex { $0.type.isSpatial }
        cells = JSONCells(fields, leavingOut: geometry)
    }

    func capacity(_ row: RecordRow) -> Int {
        var bytes = cells.capacity(row.values) + row.id.count * 12 + EnvelopeMembers.capacity(row.envelope) + 80
        if let geometry, case .place(let place) = row.values[geometry] { bytes += place.count }
        return bytes
    }

    func write(_ row: RecordRow, to pen: inout BytePen) {
        pen.put(GeoJSONFeatures.opening)
        pen.putJSON(row.id)
        pen.put(GeoJSONFeatures.geometryMember)
        if let geometry, case .place(let place) = row.values[geometry] {
            pen.put(place)
        } else {
            pen.put(Token.null)
        }
        pen.put(GeoJSONFeatures.properties)
        pen.putJSON(row.id)
        cells.write(row.values, to: &pen)
        EnvelopeMembers.write(row.envelope, to: &pen)
        pen.put(UInt8(ascii: "}"))
        pen.put(UInt8(ascii: "}"))
    }

    private static let opening = Array(#"{"type":"Feature","id":"#.utf8)
    private static let geometryMember = Array(#","geometry":"#.utf8)
    private static let properties = Array(#","properties":{"_id":"#.utf8)
}
