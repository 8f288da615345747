import Model
import Store

/// A record as one flat JSON object: its id, its fields, and what is known of it beside them.
///
/// Names of ours begin with an underscore, which a field's name cannot.
struct JSONRows: RecordForm {
    private let cells: JSONCells
    /// Records of which nothing is told but that they were removed.
    private let removed: Set<Int>
    /// Members after the others, each with a comma before it.
    private let tail: [UInt8]

    init(_ fields: [CollectionField], removed: Set<Int> = [], extras: [(String, JSONValue)] = []) {
        cells = JSONCells(fields)
        self.removed = removed
        var tail: [UInt8] = []
        for (name, value) in extras {
            tail.append(UInt8(ascii: ","))
            JSONValue.write(name, to: &tail)
            tail.append(UInt8(ascii: ":"))
            value.write(to: &tail)
        }
        self.tail = tail
    }

    func capacity(_ record: Int, of page: RecordPage) -> Int {
        cells.capacity(record, of: page.batch) + page.batch.heads[record].id.count * 6
            + EnvelopeMembers.capacity(page.envelopes[record]) + tail.count + 32
    }

    func write(_ record: Int, of page: RecordPage, from arena: UnsafeRawBufferPointer, to pen: inout BytePen) {
        pen.put(JSONRows.opening)
        pen.putJSON(UnsafeRawBufferPointer(rebasing: arena[page.batch.heads[record].id]))
        let isRemoved = removed.contains(record)
        if !isRemoved { cells.write(record, of: page.batch, from: arena, to: &pen) }
        EnvelopeMembers.write(page.envelopes[record], to: &pen)
        if isRemoved { pen.put(JSONRows.tombstone) }
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
