import Model
import Store

/// The fields of a collection as JSON Schema 2020-12, with the roles of OGC API Features, part 5.
struct CollectionSchema: Sendable {
    private let collection: Collection
    private let disclosure: Disclosure
    private let address: String

    init(_ collection: Collection, disclosure: Disclosure, address: String) {
        self.collection = collection
        self.disclosure = disclosure
        self.address = address
    }

    /// WGS 84, longitude first: the system every coordinate is served in.
    static let longitudeLatitude = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

    var json: JSONValue {
        var properties: [(String, JSONValue)] = []
        for field in collection.fields where disclosure.treatment(of: field) != .absent {
            properties.append((field.name, member(field, sequence: properties.count + 1)))
        }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": .string(address),
            "title": .string(collection.title),
            "description": .string(collection.summary),
            "type": "object",
            "properties": .object(properties),
        ]
    }

    private func member(_ field: CollectionField, sequence: Int) -> JSONValue {
        let isMasked = disclosure.treatment(of: field) == .masked
        let isComparable = disclosure.isComparable(field) && !field.type.isSpatial
        let shape = isMasked ? [("type", "string")] : CollectionSchema.shape(of: field.type)
        let about: [(String, JSONValue?)] = [
            ("title", .string(field.title)),
            ("x-title-english", field.titleEnglish.map { .string($0) }),
            ("x-field-type", .string(field.type.rawValue)),
            ("x-code-list", field.list.map { .string($0) }),
            ("x-grade", .integer(Int64(field.grade))),
            ("x-masked", isMasked ? true : nil),
            ("x-filterable", .boolean(isComparable)),
            ("x-sortable", .boolean(isComparable && field.isIndexed)),
            ("x-ogc-role", role(of: field)),
            ("x-ogc-propertySeq", .integer(Int64(sequence))),
        ]
        return .present(shape.map { ($0.0, $0.1) } + about)
    }

    private func role(of field: CollectionField) -> JSONValue? {
        if collection.key == [field.name] { return "id" }
        let firstPlace = collection.fields.first { $0.type.isSpatial && disclosure.treatment(of: $0) != .absent }
        return field.type.isSpatial && field.name == firstPlace?.name ? "primary-geometry" : nil
    }

    private static func shape(of type: FieldType) -> [(String, JSONValue)] {
        switch type {
        case .integer: [("type", "integer")]
        case .decimal: [("type", "number")]
        case .boolean: [("type", "boolean")]
        case .date: [("type", "string"), ("format", "date")]
        case .datetime: [("type", "string"), ("format", "date-time")]
        case .point: [("format", "geometry-point")]
        case .geometry: [("format", "geometry-any")]
        case .uscc, .citizenID: [("type", "string"), ("minLength", 18), ("maxLength", 18)]
        case .organisationCode: [("type", "string"), ("minLength", 9), ("maxLength", 9)]
        case .certificateType: [("type", "string"), ("minLength", 21), ("maxLength", 21)]
        case .realEstateUnit: [("type", "string"), ("minLength", 19), ("maxLength", 28)]
        // RFC 3987: addresses are kept with the Chinese that is in them.
        case .url: [("type", "string"), ("format", "iri")]
        case .text, .code, .division, .phone, .certificateID: [("type", "string")]
        }
    }

    static func extent(_ box: BoundingBox) -> JSONValue {
        let corners: JSONValue = [.double(box.west), .double(box.south), .double(box.east), .double(box.north)]
        return ["spatial": ["bbox": [corners], "crs": .string(longitudeLatitude)]]
    }
}
