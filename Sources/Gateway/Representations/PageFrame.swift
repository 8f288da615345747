import HTTPTypes
import Hummingbird
import Model
import Store

/// What stands around the records of a page, form by form.
struct PageFrame: Sendable {
    let representation: Representation
    let form: any RecordForm
    let opening: [UInt8]
    /// Before every record but the first.
    private let separator: [UInt8]
    /// After every record.
    private let terminator: [UInt8]

    /// - Parameter list: The name of the JSON document's array of records.
    init(_ representation: Representation, _ form: any RecordForm, list: String = "items", header: [UInt8] = []) {
        self.representation = representation
        self.form = form
        separator = representation.isOneDocument ? [UInt8(ascii: ",")] : []
        switch representation {
        case .json:
            opening = Array("{\"\(list)\":[".utf8)
            terminator = []
        case .geojson:
            opening = Array(#"{"type":"FeatureCollection","features":["#.utf8)
            terminator = []
        case .ndjson:
            opening = []
            terminator = [0x0A]
        case .csv:
            opening = header
            terminator = []
        }
    }

    func append(_ row: RecordRow, isFirst: Bool, to buffer: inout ByteBuffer) {
        form.append(row, after: isFirst ? [] : separator, before: terminator, to: &buffer)
    }

    /// What ends a page that is one document: links, and other members.
    func close(_ links: [PageLink], _ members: [(String, JSONValue)], in buffer: inout ByteBuffer) {
        var bytes: [UInt8] = [UInt8(ascii: "]")]
        for (name, value) in [("links", JSONValue.array(links.map(\.json)))] + members {
            bytes.append(UInt8(ascii: ","))
            JSONValue.write(name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            value.write(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        buffer.writeBytes(bytes)
    }
}

/// A link of a page, with what its JSON says beside it.
struct PageLink: Sendable {
    var link: Link
    var addition: JSONValue?

    init(_ link: Link, _ addition: JSONValue? = nil) {
        self.link = link
        self.addition = addition
    }

    var json: JSONValue {
        guard case .object(let own) = link.json, case .object(let more)? = addition else { return link.json }
        return .object(own + more)
    }
}

/// Records on their way into an answer, with how many there are.
struct PagePiece: Sendable {
    let frame: PageFrame
    var buffer = ByteBuffer()
    private(set) var count: Int

    /// - Parameter count: Records of the page that went before.
    init(_ frame: PageFrame, after count: Int = 0) {
        self.frame = frame
        self.count = count
        if count == 0 { buffer.writeBytes(frame.opening) }
    }

    mutating func append(_ row: RecordRow) {
        frame.append(row, isFirst: count == 0, to: &buffer)
        count += 1
    }
}

extension HTTPField.Name {
    static let link = HTTPField.Name("Link") ?? .location
}
