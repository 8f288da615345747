import Filter
import Model
import Store

/// What a caller asks of a collection, read from a URL or a body and not yet planned.
struct ItemsRequest: Sendable {
    var query: RecordQuery

    /// Reads the parameters of `items`; whatever is not one of them must be a field that may be seen.
    init(_ parameters: QueryString, of collection: Collection, disclosure: Disclosure) throws(Fault) {
        query = RecordQuery()
        if let text = parameters["limit"] { query.limit = try ParameterText.limit(text) }
        query.cursor = parameters["cursor"]
        if let text = parameters["properties"] { query.properties = try ParameterText.names(text, "properties") }
        if let text = parameters["sortby"] {
            query.sort = try ParameterText.names(text, "sortby").map(ParameterText.sortTerm)
        }
        if let text = parameters["bbox"] { query.box = try ParameterText.box(text) }
        let own = Route.items.parameters
        var conditions: [FilterExpression] = []
        for item in parameters.items where !own.contains(item.name) {
            try ItemsRequest.requireField(item.name, of: collection, disclosure, beside: own)
            conditions.append(.compare(field: item.name, .equal, .literal(item.value)))
        }
        query.filter = ItemsRequest.all(conditions)
    }

    /// Reads the body of `search`.
    init(_ body: SearchBody, of collection: Collection, disclosure: Disclosure) throws(Fault) {
        query = RecordQuery()
        if let limit = body.limit { query.limit = try ParameterText.limit(String(limit)) }
        query.cursor = body.cursor
        query.properties = body.properties
        query.sort = (body.sortby ?? []).map(ParameterText.sortTerm)
        if let box = body.bbox { query.box = try ParameterText.box(box) }
        var conditions: [FilterExpression] = []
        for (name, value) in body.equals {
            try ItemsRequest.requireField(name, of: collection, disclosure, beside: [])
            conditions.append(
                value.map { .compare(field: name, .equal, .literal($0)) } ?? .isNull(field: name))
        }
        query.filter = ItemsRequest.all(conditions)
    }

    private static func all(_ conditions: [FilterExpression]) -> FilterExpression? {
        conditions.count > 1 ? .and(conditions) : conditions.first
    }

    /// A withheld field is answered like one that is not there.
    private static func requireField(
        _ name: String, of collection: Collection, _ disclosure: Disclosure, beside parameters: [String]
    ) throws(Fault) {
        let visible = collection.fields.filter { disclosure.treatment(of: $0) != .absent }
        guard !visible.contains(where: { $0.name == name }) else { return }
        let comparable = visible.filter { disclosure.isComparable($0) && !$0.type.isSpatial }.map(\.name)
        throw QueryString.unknown(name, known: parameters + comparable)
    }
}

/// Values of parameters, as the OGC's and our own say they are written.
enum ParameterText {
    static func limit(_ text: String) throws(Fault) -> Int {
        try whole(text, "limit", from: 1)
    }

    /// A whole number not less than the given one.
    static func whole(_ text: String, _ parameter: String, from least: Int) throws(Fault) -> Int {
        guard let number = Int(text), number >= least else {
            throw bad(parameter, "is not a whole number from \(least)", expected: "a whole number from \(least)")
        }
        return number
    }

    /// Names with commas between them.
    static func names(_ text: String, _ parameter: String) throws(Fault) -> [String] {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { name in
            String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        if let position = names.firstIndex(of: "") {
            throw bad(
                parameter, "has an empty name", position: position, expected: "names of fields with commas between them"
            )
        }
        return names
    }

    /// `field`, `+field` or `-field`.
    static func sortTerm(_ text: String) -> SortTerm {
        if text.hasPrefix("-") { return SortTerm(field: String(text.dropFirst()), isDescending: true) }
        return SortTerm(field: text.hasPrefix("+") ? String(text.dropFirst()) : text)
    }

    static func box(_ text: String) throws(Fault) -> BoundingBox {
        var numbers: [Double] = []
        for (position, part) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            guard let number = Double(part.filter { $0 != " " }) else {
                throw bad("bbox", "has a part that is not a number", position: position, expected: boxForm)
            }
            numbers.append(number)
        }
        return try box(numbers)
    }

    /// Four numbers, or six with heights, which are passed over (OGC API Features, 7.15.3).
    static func box(_ numbers: [Double]) throws(Fault) -> BoundingBox {
        guard numbers.count == 4 || numbers.count == 6 else {
            throw bad("bbox", "has \(numbers.count) numbers", expected: boxForm)
        }
        let east = numbers.count / 2
        let box = BoundingBox(west: numbers[0], south: numbers[1], east: numbers[east], north: numbers[east + 1])
        for (position, longitude) in [(0, box.west), (east, box.east)] where !(abs(longitude) <= 180) {
            throw bad("bbox", "has a longitude beyond 180 degrees", position: position, expected: boxForm)
        }
        for (position, latitude) in [(1, box.south), (east + 1, box.north)] where !(abs(latitude) <= 90) {
            throw bad("bbox", "has a latitude beyond 90 degrees", position: position, expected: boxForm)
        }
        guard box.south <= box.north else {
            throw bad("bbox", "has its south above its north", position: 1, expected: boxForm)
        }
        return box
    }

    static let boxForm = "west,south,east,north in degrees, longitude first"

    static func bad(_ parameter: String, _ what: String, position: Int? = nil, expected: String) -> Fault {
        var context = ["parameter": parameter, "expected": expected]
        context["position"] = position.map(String.init)
        return Fault(.badParameter, "\(parameter) \(what)", advice: "Expected: \(expected).", context: context)
    }
}
