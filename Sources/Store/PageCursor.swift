import Filter
import Foundation
import Model

/// Where a page ended: the sort values and id of its last record, bound to the query they belong to.
///
/// It holds only fields that may be sorted by, so it tells nothing that the page did not.
public struct PageCursor: Sendable, Codable, Equatable {
    /// The last record's values of the sort terms, as text; nil for null.
    public let values: [String?]
    public let id: String
    private let query: String

    public init(values: [String?], id: String, query: RecordQuery, in collection: Collection) {
        self.values = values
        self.id = id
        self.query = PageCursor.fingerprint(query, collection)
    }

    /// Reads a cursor that a page gave.
    ///
    /// - Throws: `request.cursor-expired` where it is not ours, or another query's.
    init(_ text: String, for query: RecordQuery, in collection: Collection) throws(Fault) {
        let padded =
            text.replacing("-", with: "+").replacing("_", with: "/")
            + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard text.utf8.count <= 4096, let data = Data(base64Encoded: padded),
            let cursor = try? JSONDecoder().decode(PageCursor.self, from: data),
            cursor.query == PageCursor.fingerprint(query, collection), cursor.values.count == query.sort.count
        else {
            throw Fault(
                .cursorExpired, "the cursor does not belong to this query",
                advice: "Follow the next link of the page before, unchanged, or start again without a cursor.",
                context: ["parameter": "cursor"])
        }
        self = cursor
    }

    /// The cursor as it stands in a link.
    public var text: String {
        guard let data = try? JSONEncoder().encode(self) else { return "" }
        return data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// What makes two queries pages of one another: all but the place, the number and the columns.
    private static func fingerprint(_ query: RecordQuery, _ collection: Collection) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let same = RecordQuery(filter: query.filter, box: query.box, sort: query.sort, limit: 0)
        let text = (try? encoder.encode(same)) ?? Data()
        var fingerprint = Fingerprint()
        fingerprint.add(collection.name.utf8)
        fingerprint.add(text)
        return fingerprint.text
    }
}
