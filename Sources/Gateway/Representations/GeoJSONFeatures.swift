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

    func capacity(_ record: Int, of page: RecordPage) -> Int {
        cells.capacity(record, of: page.batch) + page.batch.heads[record].id.count * 12
            + EnvelopeMembers.capacity(page.envelopes[record]) + 80
            + (geometry.map { page.batch.cell(record, $0).length } ?? 0)
    }

    func write(_ record: Int, of page: RecordPage, from arena: UnsafeRawBufferPointer, to pen: inout BytePen) {
        pen.put(GeoJSONFeatures.opening)
        pen.putJSON(UnsafeRawBufferPointer(rebasing: arena[page.batch.heads[record].id]))
        pen.put(GeoJSONFeatures.geometryMember)
        if let geometry, case let cell = page.batch.cell(record, geometry), cell.kind == .place {
            pen.put(UnsafeRawBufferPointer(rebasing: arena[cell.range]))
        } else {
            pen.put(Token.null)
        }
        pen.put(GeoJSONFeatures.properties)
        pen.putJSON(UnsafeRawBufferPointer(rebasing: arena[page.batch.heads[record].id]))
        cells.write(record, of: page.batch, from: arena, to: &pen)
        EnvelopeMembers.write(page.envelopes[record], to: &pen)
        pen.put(UInt8(ascii: "}"))
        pen.put(UInt8(ascii: "}"))
    }

    private static let opening = Array(#"{"type":"Feature","id":"#.utf8)
    private static let geometryMember = Array(#","geometry":"#.utf8)
    private static let properties = Array(#","properties":{"_id":"#.utf8)
}
