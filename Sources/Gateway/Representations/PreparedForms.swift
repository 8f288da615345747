import Model
import Store
import Synchronization

/// What records of a collection are written with, made once for as long as its fields and their terms stay as they are:
/// making it costs more than a record does.
final class PreparedForms: Sendable {
    let standard: Representation
    /// The fields that may be seen.
    let fields: [CollectionField]
    private let json: JSONRows
    private let geojson: GeoJSONFeatures
    private let csv: CSVLines
    private let csvForExcel: CSVLines
    /// Everything of an entity tag that the collection's fields decide.
    let tag: EntityTag
    fileprivate let identity: Int

    fileprivate init(_ collection: Collection, identity: Int, disclosure: Disclosure) {
        fields = collection.fields.filter { disclosure.treatment(of: $0) != .absent }
        self.identity = identity
        standard = .standard(for: collection)
        json = JSONRows(fields)
        geojson = GeoJSONFeatures(fields)
        csv = CSVLines(fields, isForExcel: false)
        csvForExcel = CSVLines(fields, isForExcel: true)
        tag = EntityTag(collection)
    }

    /// How a page or record of all fields is written.
    func frame(_ form: RecordsForm) -> PageFrame {
        switch form.representation {
        case .json: PageFrame(.json, json)
        case .ndjson: PageFrame(.ndjson, json)
        case .geojson: PageFrame(.geojson, geojson)
        case .csv: PreparedForms.lines(form.isForExcel ? csvForExcel : csv)
        }
    }

    /// The same for fields that a caller chose.
    static func frame(_ form: RecordsForm, _ fields: [CollectionField]) -> PageFrame {
        switch form.representation {
        case .json, .ndjson: PageFrame(form.representation, JSONRows(fields))
        case .geojson: PageFrame(.geojson, GeoJSONFeatures(fields))
        case .csv: lines(CSVLines(fields, isForExcel: form.isForExcel))
        }
    }

    private static func lines(_ lines: CSVLines) -> PageFrame { PageFrame(.csv, lines, header: lines.header) }
}

/// The prepared forms of every collection that was asked for.
final class FormShelf: Sendable {
    private let forms = Mutex<[String: PreparedForms]>([:])

    /// - Parameter identity: The reader's, which says whether what was prepared before still holds.
    func forms(for state: CollectionState, _ identity: Int, _ disclosure: Disclosure) -> PreparedForms {
        let collection = state.collection
        return forms.withLock { forms in
            if let known = forms[collection.name], known.identity == identity { return known }
            let made = PreparedForms(collection, identity: identity, disclosure: disclosure)
            forms[collection.name] = made
            return made
        }
    }
}
