import Hummingbird
import Model
import Store

/// Pages of records as one document, for a command that prints them: the same forms that are served over HTTP, without
/// links.
public struct RecordListing: Sendable {
    /// The forms, by the names that `f` and `--format` know.
    public enum Form: String, Sendable, CaseIterable {
        case json, ndjson, csv, geojson
    }

    private let form: any RecordForm
    private let separator: [UInt8]
    /// What stands before the first record.
    public let opening: [UInt8]
    /// What stands after the last.
    public let closing: [UInt8]

    public init(_ fields: [CollectionField], as form: Form) {
        switch form {
        case .json:
            self.form = JSONRows(fields)
            (opening, separator, closing) = (Array("[\n".utf8), Array(",\n".utf8), Array("\n]\n".utf8))
        case .ndjson:
            self.form = JSONRows(fields)
            (opening, separator, closing) = ([], [0x0A], [0x0A])
        case .csv:
            let lines = CSVLines(fields, isForExcel: false)
            self.form = lines
            (opening, separator, closing) = (lines.header, [], [])
        case .geojson:
            self.form = GeoJSONFeatures(fields)
            opening = Array("{\"type\":\"FeatureCollection\",\"features\":[\n".utf8)
            (separator, closing) = (Array(",\n".utf8), Array("\n]}\n".utf8))
        }
    }

    /// The records of a page; `isFirst` leaves the separator before them out.
    public func bytes(of page: RecordPage, isFirst: Bool) -> [UInt8] {
        var buffer = ByteBuffer()
        var isFirst = isFirst
        page.forEachRow { row in
            form.append(row, after: isFirst ? [] : separator, to: &buffer)
            isFirst = false
        }
        return Array(buffer.readableBytesView)
    }
}
