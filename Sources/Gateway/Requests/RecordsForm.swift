import Hummingbird
import Model
import Store

/// The form records are asked for in: a representation, and whether CSV is for Excel.
struct RecordsForm: Sendable {
    var representation: Representation
    var isForExcel: Bool

    init(
        _ call: Call, among offered: [Representation] = Representation.allCases, standard: Representation
    ) throws(Fault) {
        representation = try .choose(
            parameter: call.parameters["f"], accept: call.headers[.accept], among: offered, standard: standard)
        switch call.parameters["bom"] {
        case nil, "false": isForExcel = false
        case "true" where representation == .csv: isForExcel = true
        case "true": throw ParameterText.bad("bom", "goes with CSV only", expected: "f=csv beside it")
        default: throw ParameterText.bad("bom", "is neither true nor false", expected: "true or false")
        }
    }

    /// A feature has its geometry whichever properties were asked for.
    func complete(_ asked: inout ItemsRequest, of collection: Collection, disclosure: Disclosure) {
        guard representation == .geojson, var names = asked.query.properties,
            let place = collection.fields.first(where: {
                $0.type.isSpatial && disclosure.treatment(of: $0) != .absent
            }), !names.contains(place.name)
        else { return }
        names.append(place.name)
        asked.query.properties = names
    }
}
