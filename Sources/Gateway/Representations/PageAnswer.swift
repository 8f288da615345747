import HTTPTypes
import Hummingbird
import Model
import Store

/// A page of records in the form that was asked for, with the links that belong to it.
struct PageAnswer: Sendable {
    private let page: RecordPage
    private let form: any RecordForm
    private let mediaType: String
    private let opening: [UInt8]
    private let separator: [UInt8]
    private let closing: [UInt8]
    /// Links of forms that have no place for them in the body.
    private let linkHeader: String?

    /// Arenas larger than this are written piece by piece, so that the answer is never held whole.
    static let streamedBytes = 256 << 10
    private static let recordsAPiece = 250

    /// - Parameters:
    ///   - members: Members of the JSON document after its links, for example `numberReturned`.
    ///   - list: The name of the JSON document's array of records.
    ///   - removed: Records that are tombstones; they have a place in JSON and NDJSON only.
    init(
        _ page: RecordPage, as representation: Representation, links: [(Link, JSONValue?)],
        members: [(String, JSONValue)], list: String = "items", removed: Set<Int> = [],
        isForExcel: Bool = false
    ) {
        self.page = page
        mediaType = representation.mediaType
        switch representation {
        case .json:
            form = JSONRows(page.fields, removed: removed)
            opening = Array("{\"\(list)\":[".utf8)
        case .geojson:
            form = GeoJSONFeatures(page.fields)
            opening = Array(#"{"type":"FeatureCollection","features":["#.utf8)
        case .ndjson:
            form = JSONRows(page.fields, removed: removed)
            opening = []
        case .csv:
            let lines = CSVLines(page.fields, isForExcel: isForExcel)
            form = lines
            opening = lines.header
        }
        switch representation {
        case .json, .geojson:
            separator = [UInt8(ascii: ",")]
            closing = PageAnswer.closing(links, members)
            linkHeader = nil
        case .ndjson:
            separator = [0x0A]
            closing = page.batch.count == 0 ? [] : [0x0A]
            linkHeader = links.map(\.0.header).joined(separator: ", ")
        case .csv:
            separator = []
            closing = []
            linkHeader = links.map(\.0.header).joined(separator: ", ")
        }
    }

    private static func closing(_ links: [(Link, JSONValue?)], _ members: [(String, JSONValue)]) -> [UInt8] {
        let linkValues: [JSONValue] = links.map { link, addition in
            guard case .object(let own) = link.json, case .object(let more)? = addition else { return link.json }
            return .object(own + more)
        }
        var bytes: [UInt8] = [UInt8(ascii: "]")]
        for (name, value) in [("links", JSONValue.array(linkValues))] + members {
            bytes.append(UInt8(ascii: ","))
            JSONValue.write(name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            value.write(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    var response: Response {
        var headers: HTTPFields = [.contentType: mediaType]
        if let linkHeader, !linkHeader.isEmpty { headers[.link] = linkHeader }
        return Response(status: .ok, headers: headers, body: body)
    }

    private var body: ResponseBody {
        guard page.batch.bytes.count > PageAnswer.streamedBytes else {
            var buffer = ByteBuffer()
            buffer.reserveCapacity(opening.count + page.batch.bytes.count * 2 + closing.count)
            buffer.writeBytes(opening)
            form.append(0..<page.batch.count, of: page, separator: separator, isFirst: true, to: &buffer)
            buffer.writeBytes(closing)
            return ResponseBody(byteBuffer: buffer)
        }
        return ResponseBody { writer in
            try await writer.write(ByteBuffer(bytes: opening))
            for start in stride(from: 0, to: page.batch.count, by: PageAnswer.recordsAPiece) {
                var piece = ByteBuffer()
                let end = min(start + PageAnswer.recordsAPiece, page.batch.count)
                form.append(start..<end, of: page, separator: separator, isFirst: start == 0, to: &piece)
                try await writer.write(piece)
            }
            try await writer.write(ByteBuffer(bytes: closing))
            try await writer.finish(nil)
        }
    }
}

extension HTTPField.Name {
    static let link = HTTPField.Name("Link") ?? .location
}
