import Model
import Store

/// A record as one flat JSON object: its id, its fields, and what is known of it beside them.
///
/// Names of ours begin with an underscore, which a field's name cannot.
struct JSONRows: RecordForm {
    private let cells: JSONCells
    /// Members after the others, each with a comma before it.
    private let tail: [UInt8]

    init(_ fields: [CollectionField], extras: [(String, JSONValue)] = []) {
        cells = JSONCells(fields)
        var tail: [UInt8] = []
        for (name, value) in extras {
            tail.append(UInt8(ascii: ","))
            JSONValue.write(name, to: &tail)
            tail.append(UInt8(ascii: ":"))
            value.write(to: &tail)
        }
        self.tail = tail
    }

    func capacity(_ row: RecordRow) -> Int {
        cells.capacity(row.values) + row.id.count * 6 + EnvelopeMembers.capacity(row.envelope) + tail.count + 32
    }

    func write(_ row: RecordRow, to pen: inout BytePen) {
        pen.put(JSONRows.opening)
        pen.putJSON(row.id)
        if !row.isRemoved { cells.write(row.values, to: &pen) }
        EnvelopeMembers.write(row.envelope, to: &pen)
        if row.isRemoved { pen.put(JSONRows.tombstone) }
        pen.put(tail)
        pen.put(UInt8(ascii: "}"))
    }

    private static let tombstone = Array(#","_removed":true"#.utf8)
    private static let opening = Array(#"{"_id":"#.utf8)
}

/// `_revision`, `_publishedAt`, and `_stale` where it is true.
enum EnvelopeMembers {
    private static let revision = Array(#","_revision":"#.utf8)
    private static let publishedAt = Array(#","_publishedAt":""#.utf8)
    private static let stale = Array(#","_stale":true"#.utf8)

    static func capacity(_ envelope: RecordEnvelope) -> Int {
        revision.count + 20 + publishedAt.count + envelope.publishedAt.utf8.count + 1 + stale.count
    }

    static func write(_ envelope: RecordEnvelope, to pen: inout BytePen) {
        pen.put(revision)
        pen.putNumber(envelope.revision)
        pen.put(publishedAt)
        pen.put(envelope.publishedAt)
        pen.put(UInt8(ascii: "\""))
        if envelope.isStale { pen.put(stale) }
    }
}
