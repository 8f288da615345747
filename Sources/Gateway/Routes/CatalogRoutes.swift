import Hummingbird
import Model
import Store

extension Answering {
    /// Every registered entry as a record without geometry, in the shape of OGC API Records.
    func catalog(_ call: Call) async throws(Fault) -> Response {
        let registrations = try await store.registrations()
        let departments = await services.departments()
        let document: JSONValue = [
            "type": "FeatureCollection",
            "features": .array(
                registrations.map { CatalogRecord($0, departments: departments, base: call.base).json }),
            "links": [Link("self", call.base + "/catalog", type: "application/geo+json").json],
            "numberMatched": .integer(Int64(registrations.count)),
            "numberReturned": .integer(Int64(registrations.count)),
            "timeStamp": timeStamp,
        ]
        return Response(document.buffer, as: "application/geo+json")
    }

    func catalogEntry(_ call: Call) async throws(Fault) -> Response {
        let name = try call.captured("entry")
        guard let registration = try await store.registration(of: name) else {
            throw Fault(.notFound, "the catalogue has no such entry", advice: "GET /catalog lists them.")
        }
        let record = CatalogRecord(registration, departments: await services.departments(), base: call.base)
        return Response(record.json.buffer, as: "application/geo+json")
    }
}
