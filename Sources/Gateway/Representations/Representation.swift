import Model

/// The form records are served in.
enum Representation: String, CaseIterable, Sendable {
    /// In the order of preference where a caller names several equally: who names GeoJSON can read it.
    case geojson, json, ndjson, csv

    var mediaType: String {
        switch self {
        case .json: "application/json"
        case .geojson: "application/geo+json"
        case .ndjson: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8"
        }
    }

    /// Whether a page is one JSON document, with room for its links; else it is lines.
    var isOneDocument: Bool { self == .json || self == .geojson }

    /// The media types that ask for it, in lower case and without parameters.
    private var names: [String] {
        switch self {
        case .json: ["application/json"]
        case .geojson: ["application/geo+json", "application/vnd.geo+json"]
        case .ndjson: ["application/x-ndjson", "application/ndjson", "application/jsonl"]
        case .csv: ["text/csv"]
        }
    }

    /// What is served to a caller who does not mind: GeoJSON where there are places.
    static func standard(for collection: Collection) -> Representation {
        collection.fields.contains { $0.type.isSpatial } ? .geojson : .json
    }

    /// Chooses by the parameter `f`, else by `Accept`.
    ///
    /// - Throws: `request.bad-parameter` for an unknown `f`, `request.not-acceptable` where `Accept` allows none.
    static func choose(
        parameter: String?, accept: String?, among offered: [Representation] = allCases, standard: Representation
    ) throws(Fault) -> Representation {
        if let parameter {
            guard let chosen = offered.first(where: { $0.rawValue == parameter }) else {
                let names = offered.map(\.rawValue).joined(separator: ", ")
                throw Fault(
                    .badParameter, "f does not name a form that is served here", advice: "Use one of: \(names).",
                    context: ["parameter": "f", "expected": names])
            }
            return chosen
        }
        guard let accept, !accept.isEmpty else { return standard }
        guard let chosen = AcceptHeader(accept).best(of: offered, standard: standard, names: \.names) else {
            let names = offered.map(\.rawValue).joined(separator: ", ")
            throw Fault(
                .notAcceptable, "none of the media types in Accept is served here",
                advice: "Served are: \(offered.map(\.mediaType).joined(separator: "; ")). Or use f=\(names).")
        }
        return chosen
    }
}
