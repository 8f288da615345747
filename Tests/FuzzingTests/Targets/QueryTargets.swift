import Filter
import Foundation
import Model
import NIOCore

@testable import Gateway
@testable import Store

extension FuzzTarget {
    /// The part of a URL after its path, as `items` reads it.
    static let query = FuzzTarget(name: "query") { bytes in
        guard let text = FuzzInput(bytes).text else { return }
        _ = Route.find(text)
        _ = AcceptHeader(text).best(of: Representation.allCases, standard: .json, names: { [$0.mediaType] })
        _ = RequestIdentity.isTraceParent(text)
        do {
            let parameters = try QueryString(text)
            try require(try QueryString(parameters.text) == parameters, "printed and read again, the query differs")
            let request = try ItemsRequest(parameters, of: asked, disclosure: .everybody)
            try plan(request.query)
        } catch let fault as Fault {
            try tells(fault)
        }
    }

    /// The body of `search`.
    static let search = FuzzTarget(name: "search") { bytes in
        do {
            let body = try JSONDocument.decode(SearchBody.self, from: ByteBuffer(bytes: bytes))
            let request = try ItemsRequest(body, of: asked, disclosure: .everybody)
            try plan(request.query)
        } catch let fault as Fault {
            try tells(fault)
        }
    }

    /// Cursors, behind the number that binds them to their query: bytes of chance would never come past it.
    static let cursor = FuzzTarget(name: "cursor") { bytes in
        var input = FuzzInput(bytes)
        let terms = [SortTerm(field: "staff"), SortTerm(field: "name", isDescending: true)]
        let query = RecordQuery(sort: Array(terms.prefix(input.choose(3))))
        let place = PageCursor(values: [], id: "", query: query, in: asked)
        guard let number = Data(base64Encoded: padded(place.text)) else { throw Broken("a cursor is not base64") }
        switch input.choose(3) {
        case 0:
            guard let text = input.text else { return }
            try check(text, query)
        case 1: try check(unpadded(number.prefix(16) + input.bytes), query)
        default:
            // A good cursor with another end.
            let good = unpadded(number.prefix(16) + input.bytes.dropFirst(2))
            let end = String(decoding: input.bytes.prefix(2), as: UTF8.self)
            try check(good.dropLast(end.count) + end, query)
        }
    }

    /// The condition of a subject's count.
    static let condition = FuzzTarget(name: "condition") { bytes in
        guard let text = FuzzInput(bytes).text else { return }
        guard let expression = try? ConditionParser.parse(text) else { return }
        let printed = try print(expression)
        try require(try ConditionParser.parse(printed) == expression, "printed and read again, a condition differs")
    }

    // MARK: - Promises

    /// What is accepted was written by us: it is written the same again.
    private static func check(_ text: String, _ query: RecordQuery) throws {
        guard let cursor = try? PageCursor(text, for: query, in: asked) else { return }
        try require(cursor.text == text, "a cursor is written as \(cursor.text)")
    }

    private static func plan(_ query: RecordQuery) throws(Fault) {
        _ = try QueryPlan(query, over: asked, disclosure: .everybody)
    }

    /// A fault of a caller's, which repeats a name at most.
    private static func tells(_ fault: Fault) throws {
        try require(fault.code.rawValue.hasPrefix("request."), "a caller is told \(fault.code.rawValue)")
        try require(fault.message.utf8.count < 1000, "a fault repeats what was sent")
        _ = Problem(fault, correlation: "", instance: nil).response
    }

    private static func print(_ expression: FilterExpression) throws -> String {
        switch expression {
        case .compare(let field, let comparison, .today): "\(field) \(comparison.rawValue) today"
        case .compare(let field, let comparison, .literal(let literal)):
            "\(field) \(comparison.rawValue) '\(literal.replacing("'", with: "''"))'"
        case .isNull(let field): "\(field) IS NULL"
        case .not(.isNull(let field)): "\(field) IS NOT NULL"
        case .and(let parts): try parts.map { try print($0) }.joined(separator: " AND ")
        case .not, .or: throw Broken("a condition is more than a conjunction")
        }
    }

    private static func padded(_ text: String) -> String {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        return plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    }

    private static func unpadded(_ bytes: Data) -> String {
        bytes.base64EncodedString().replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
    }

    private static let asked = Collection(
        name: "enterprise", title: "企业", key: ["uscc"],
        fields: [
            CollectionField(name: "uscc", title: "代码", type: .uscc, isIndexed: true),
            CollectionField(name: "name", title: "名称", type: .text, isIndexed: true),
            CollectionField(name: "staff", title: "人数", type: .integer, isIndexed: true),
            CollectionField(name: "capital", title: "注册资本", type: .decimal),
            CollectionField(name: "phone", title: "电话", type: .text, grade: 3),
            CollectionField(name: "legal_rep_id", title: "证件", type: .citizenID, grade: 4, isWithheld: true),
            CollectionField(name: "location", title: "位置", type: .point),
        ])
}
