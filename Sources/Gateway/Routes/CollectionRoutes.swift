import Hummingbird
import Model
import Store

extension Answering {
    func collections(_ call: Call) async throws(Fault) -> Response {
        let states = try await store.collections()
        let document: JSONValue = [
            "collections": .array(states.map { description(of: $0, base: call.base) }),
            "links": [Link("self", call.base + "/collections", type: "application/json").json],
            "timeStamp": timeStamp,
        ]
        return Response(document.buffer)
    }

    func collection(_ call: Call) async throws(Fault) -> Response {
        Response(description(of: try await state(of: call), base: call.base).buffer)
    }

    func schema(_ call: Call) async throws(Fault) -> Response {
        let collection = try await state(of: call).collection
        let document = CollectionSchema(collection, disclosure: disclosure, address: call.address())
        return Response(document.json.buffer, as: "application/schema+json")
    }

    private func description(of state: CollectionState, base: String) -> JSONValue {
        let collection = state.collection
        let address = "\(base)/collections/\(collection.name)"
        let isSpatial = collection.fields.contains { $0.type.isSpatial }
        let standard = Representation.standard(for: collection)
        var links = [
            Link("self", address, type: "application/json"),
            Link("items", address + "/items", type: standard.mediaType),
        ]
        for other in Representation.allCases where other != standard {
            links.append(Link("items", address + "/items?f=\(other.rawValue)", type: other.mediaType))
        }
        links.append(Link("describedby", address + "/schema", type: "application/schema+json"))
        links.append(Link("changes", address + "/changes", type: "application/json"))
        return .present([
            ("id", .string(collection.name)),
            ("title", .string(collection.title)),
            ("titleEnglish", collection.titleEnglish.map { .string($0) }),
            ("description", .string(collection.summary)),
            ("kind", .string(collection.kind.rawValue)),
            ("itemType", isSpatial ? "feature" : "record"),
            ("extent", state.extent.map(CollectionSchema.extent)),
            ("crs", isSpatial ? [.string(CollectionSchema.longitudeLatitude)] : nil),
            ("key", .array(visibleKey(of: collection))),
            ("count", .integer(state.count)),
            ("revision", .integer(state.revision)),
            ("epoch", .string(state.epoch)),
            ("publishedAt", .optional(state.publishedAt)),
            ("links", .array(links.map(\.json))),
        ])
    }

    private func visibleKey(of collection: Collection) -> [JSONValue] {
        collection.fields
            .filter { collection.key.contains($0.name) && disclosure.treatment(of: $0) != .absent }
            .map { .string($0.name) }
    }
}
