/// One kind of question, how many ask it at once, and what the answer is held against.
struct QueryTrial: Sendable {
    enum Goal: Sendable {
        /// Requests a second, of another row's.
        case share(Double, of: String)
        case requestsPerSecond(Double)
        case megabytesPerSecond(Double)
        /// The median, as a multiple of another row's.
        case median(Double, of: String)
        /// The 99th percentile, as a multiple of another row's.
        case ninetyNinth(Double, of: String)
        /// The 99th percentile, in milliseconds.
        case milliseconds(Double)
        /// Bytes of memory more than before.
        case growth(Int)
    }

    let name: String
    var connections: Int?
    var goals: [Goal] = []
    /// The Lua function that gives the next path.
    var next: @Sendable (QuerySample) -> String = { _ in "" }
    /// What happens meanwhile.
    var meanwhile: (@Sendable (QueryExchange) throws -> Void)?

    static let nginx = "nginx, a file of the same bytes"
    static let hello = "Hummingbird, the same bytes"
    private static let byKey = "record by key"

    private static let key: @Sendable (QuerySample) -> String = {
        Load.line(of: $0.ids, before: "/collections/entity/items/")
    }

    static let all: [QueryTrial] = [
        QueryTrial(name: byKey, goals: [.share(0.4, of: nginx), .milliseconds(10)], next: key),
        QueryTrial(
            name: "100 by indexed field", goals: [.requestsPerSecond(2_500)],
            next: { Load.line(of: $0.divisions, before: "/collections/entity/items?limit=100&division=") }),
        lines("ndjson"), lines("csv"),
        QueryTrial(
            name: "whole, ndjson", connections: 1, goals: [.growth(32 << 20)],
            next: { _ in Load.always("/collections/entity/items?f=ndjson&limit=1000000") }),
        page("", isDeep: false), page("", isDeep: true),
        page("division", isDeep: false), page("division", isDeep: true),
        QueryTrial(name: "box with 100 places", goals: [.requestsPerSecond(1_500)], next: box),
        QueryTrial(
            name: "box with all places",
            next: { _ in Load.always("/collections/place/items?limit=100&bbox=110,25,116,31") }),
        QueryTrial(
            name: "record by key, during a load", goals: [.ninetyNinth(3, of: byKey)], next: key,
            meanwhile: { try $0.sync("again") }),
    ]

    private static func lines(_ form: String) -> QueryTrial {
        QueryTrial(
            name: "1,000 as \(form)", goals: [.megabytesPerSecond(100)],
            next: {
                Load.line(of: $0.divisions, before: "/collections/entity/items?f=\(form)&limit=1000&division=")
            })
    }

    /// One caller: what is compared is the time an answer takes.
    private static func page(_ order: String, isDeep: Bool) -> QueryTrial {
        let by = order.isEmpty ? "key" : order
        return QueryTrial(
            name: isDeep ? "deep page by \(by)" : "first page by \(by)", connections: 1,
            goals: isDeep ? [.median(1.2, of: "first page by \(by)")] : [],
            next: { Load.always(isDeep ? $0.deep[order] ?? "" : QuerySample.firstPage(order)) })
    }

    /// Boxes by chance, of a size that holds about a hundred places.
    @Sendable private static func box(_ sample: QuerySample) -> String {
        let side = PlaceGenerator.width * (100 / Double(sample.records)).squareRoot()
        return """
            function path()
                local west = \(PlaceGenerator.west) + math.random() * \(PlaceGenerator.width - side)
                local south = \(PlaceGenerator.south) + math.random() * \(PlaceGenerator.width - side)
                return string.format("/collections/place/items?limit=1000&bbox=%.6f,%.6f,%.6f,%.6f",
                    west, south, west + \(side), south + \(side))
            end
            """
    }
}
