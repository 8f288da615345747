import Model
import Store

/// A weak validator (RFC 9110, section 8.8.3): equal while an answer says the same.
struct EntityTag: Sendable {
    private var fingerprint = Fingerprint()

    /// A tag over what may be seen of a collection: a field that is graded anew changes answers without a new revision.
    init(_ collection: Collection) {
        for field in collection.fields {
            add(field.name)
            add(Int64(field.grade * 2 + (field.isWithheld ? 1 : 0)))
            add(field.type.rawValue)
        }
    }

    /// Adds which records there are.
    mutating func add(_ state: CollectionState) {
        add(state.epoch)
        add(state.revision)
        add(state.publishedAt ?? "")
    }

    /// Adds one record as it is served.
    mutating func add(_ envelope: RecordEnvelope, epoch: String) {
        add(epoch)
        add(envelope.revision)
        add(Int64(envelope.isStale ? 1 : 0))
    }

    /// Adds what else shapes the answer.
    mutating func add(_ call: Call, _ form: RecordsForm) {
        add(call.base)
        add(call.parameters.text)
        add(form.representation.rawValue)
    }

    mutating func add(_ text: String) {
        fingerprint.add(text.utf8)
        fingerprint.add(UInt8(0xFF))
    }

    mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { fingerprint.add($0) }
    }

    var text: String {
        let value = fingerprint.value
        return String(unsafeUninitializedCapacity: 36) { bytes in
            var pen = BytePen(UnsafeMutableRawBufferPointer(bytes))
            pen.put("W/\"")
            for place in stride(from: 124, through: 0, by: -4) {
                pen.put(BytePen.hexDigit(UInt8(truncatingIfNeeded: value >> UInt128(place)) & 15))
            }
            pen.put(UInt8(ascii: "\""))
            return pen.count
        }
    }

    /// Whether an `If-None-Match` header names this tag (weak comparison).
    func matches(_ header: String?) -> Bool {
        guard let header else { return false }
        let text = text
        let bare = text.dropFirst(2)
        return header.split(separator: ",").contains { candidate in
            let candidate = candidate.drop { $0 == " " }.prefix { $0 != " " }
            return candidate == "*" || candidate == text || candidate == bare
        }
    }
}
