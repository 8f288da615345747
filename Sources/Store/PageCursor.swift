import Filter
import Foundation
import Model

/// Where a page ended: the sort values and id of its last record, bound to the query they belong to.
///
/// It holds only fields that may be sorted by, so it tells nothing that the page did not. Every page has one, so it is
/// written byte by byte.
public struct PageCursor: Sendable, Equatable {
    /// The last record's values of the sort terms, as text; nil for null.
    public let values: [String?]
    public let id: String
    private let query: UInt128

    public init(values: [String?], id: String, query: RecordQuery, in collection: Collection) {
        self.values = values
        self.id = id
        self.query = PageCursor.fingerprint(query, collection)
    }

    /// Reads a cursor that a page gave.
    ///
    /// - Throws: `request.cursor-expired` where it is not ours, or another query's.
    init(_ text: String, for query: RecordQuery, in collection: Collection) throws(Fault) {
        guard var bytes = PageCursor.decoded(text)?[...],
            let known = PageCursor.takeNumber(from: &bytes),
            known == PageCursor.fingerprint(query, collection),
            let values = PageCursor.takeValues(query.sort.count, from: &bytes),
            let id = String(validating: bytes, as: UTF8.self)
        else {
            throw Fault(
                .cursorExpired, "the cursor does not belong to this query",
                advice: "Follow the next link of the page before, unchanged, or start again without a cursor.",
                context: ["parameter": "cursor"])
        }
        self.query = known
        self.values = values
        self.id = id
    }

    /// The cursor as it stands in a link: base64url (RFC 4648, section 5) without padding.
    public var text: String {
        var bytes = withUnsafeBytes(of: query.littleEndian) { Array($0) }
        for value in values {
            // Two bytes of length, one more than it is; 0 for null. Sort values are keys and codes: none is longer.
            let text = value.map { Array($0.utf8.prefix(0xFFFE)) }
            let length = text.map { $0.count + 1 } ?? 0
            bytes += [UInt8(length & 0xFF), UInt8(length >> 8)] + (text ?? [])
        }
        return PageCursor.encoded(bytes + id.utf8)
    }

    private static func encoded(_ bytes: [UInt8]) -> String {
        var encoded = [UInt8](Data(bytes).base64EncodedData())
        while encoded.last == UInt8(ascii: "=") { encoded.removeLast() }
        for index in encoded.indices {
            switch encoded[index] {
            case UInt8(ascii: "+"): encoded[index] = UInt8(ascii: "-")
            case UInt8(ascii: "/"): encoded[index] = UInt8(ascii: "_")
            default: break
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    // MARK: - Reading

    /// Room for any value that is sorted by; what a link may be long is for whoever takes links.
    private static let longestText = 256 << 10

    private static func decoded(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= longestText else { return nil }
        var bytes = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        bytes += [UInt8](repeating: UInt8(ascii: "="), count: (4 - bytes.count % 4) % 4)
        // Several texts stand for the same bytes; ours is one of them.
        guard let data = Data(base64Encoded: Data(bytes)), encoded([UInt8](data)) == text else { return nil }
        return [UInt8](data)
    }

    private static func takeNumber(from bytes: inout ArraySlice<UInt8>) -> UInt128? {
        guard bytes.count >= 16 else { return nil }
        defer { bytes = bytes.dropFirst(16) }
        return bytes.prefix(16).reversed().reduce(0) { $0 << 8 | UInt128($1) }
    }

    private static func takeValues(_ count: Int, from bytes: inout ArraySlice<UInt8>) -> [String?]? {
        var values: [String?] = []
        for _ in 0..<count {
            guard let low = bytes.popFirst(), let high = bytes.popFirst() else { return nil }
            let length = Int(high) << 8 | Int(low)
            guard length > 0 else {
                values.append(nil)
                continue
            }
            guard bytes.count >= length - 1, let text = String(validating: bytes.prefix(length - 1), as: UTF8.self)
            else { return nil }
            values.append(text)
            bytes = bytes.dropFirst(length - 1)
        }
        return values
    }

    /// What makes two queries pages of one another: all but the place, the number and the columns.
    private static func fingerprint(_ query: RecordQuery, _ collection: Collection) -> UInt128 {
        var fingerprint = Fingerprint()
        fingerprint.add(text: collection.name)
        if let filter = query.filter { fingerprint.add(filter) }
        if let box = query.box {
            for corner in [box.west, box.south, box.east, box.north] {
                withUnsafeBytes(of: corner.bitPattern.littleEndian) { fingerprint.add($0) }
            }
        }
        for term in query.sort { fingerprint.add(text: (term.isDescending ? "-" : "+") + term.field) }
        return fingerprint.value
    }
}

extension Fingerprint {
    /// A text and its end, which no UTF-8 has in it.
    fileprivate mutating func add(text: String) {
        add(text.utf8)
        add(UInt8(0xFF))
    }

    fileprivate mutating func add(_ filter: FilterExpression) {
        switch filter {
        case .compare(let field, let comparison, let operand):
            add(text: "compare " + field)
            add(text: comparison.rawValue)
            switch operand {
            case .literal(let literal): add(text: "=" + literal)
            case .today: add(text: "today")
            }
        case .isNull(let field): add(text: "null " + field)
        case .not(let inner):
            add(text: "not")
            add(inner)
        case .and(let parts): add(parts, joinedBy: "and")
        case .or(let parts): add(parts, joinedBy: "or")
        }
    }

    private mutating func add(_ parts: [FilterExpression], joinedBy word: String) {
        add(text: "\(word) \(parts.count)")
        for part in parts { add(part) }
    }
}
