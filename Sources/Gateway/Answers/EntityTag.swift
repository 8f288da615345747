import Model
import Store

/// A weak validator (RFC 9110, section 8.8.3): equal while an answer says the same.
struct EntityTag: Sendable {
    private var fingerprint = Fingerprint()

    /// A tag over a collection's state and everything that shapes the answer.
    ///
    /// What may be seen is part of it: a field that is graded anew changes answers without a new revision.
    init(_ state: CollectionState) {
        add(state.epoch)
        add(state.revision)
        add(state.publishedAt ?? "")
        add(state.collection)
    }

    /// A tag over one record as it is served.
    init(_ envelope: RecordEnvelope, of collection: Collection, epoch: String) {
        add(epoch)
        add(envelope.revision)
        add(Int64(envelope.isStale ? 1 : 0))
        add(collection)
    }

    mutating func add(_ text: String) {
        fingerprint.add(text.utf8)
        fingerprint.add(UInt8(0xFF))
    }

    mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { fingerprint.add($0) }
    }

    private mutating func add(_ collection: Collection) {
        for field in collection.fields {
            add(field.name)
            add(Int64(field.grade * 2 + (field.isWithheld ? 1 : 0)))
            add(field.type.rawValue)
        }
    }

    var text: String { "W/\"\(fingerprint.text)\"" }

    /// Whether an `If-None-Match` header names this tag (weak comparison).
    func matches(_ header: String?) -> Bool {
        guard let header else { return false }
        let bare = text.dropFirst(2)
        return header.split(separator: ",").contains { candidate in
            let candidate = candidate.drop { $0 == " " }.prefix { $0 != " " }
            return candidate == "*" || candidate == text || candidate == bare
        }
    }
}
