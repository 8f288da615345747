import Foundation
import Model

/// The body of `search`: the parameters of `items` as JSON, so that identifiers stay out of URLs and logs.
struct SearchBody: Decodable, Sendable {
    var limit: Int?
    var cursor: String?
    var properties: [String]?
    /// `field` or `-field`.
    var sortby: [String]?
    var bbox: [Double]?
    /// Fields and the values they must have, sorted by name so that a page's cursor fits the next; nil is null.
    var equals: [(name: String, value: String?)] = []

    static let members = ["limit", "cursor", "properties", "sortby", "bbox", "equals"]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Member.self)
        for key in container.allKeys where !SearchBody.members.contains(key.stringValue) {
            throw QueryString.unknown(key.stringValue, known: SearchBody.members)
        }
        limit = try container.decodeIfPresent(Int.self, forKey: Member("limit"))
        cursor = try container.decodeIfPresent(String.self, forKey: Member("cursor"))
        properties = try container.decodeIfPresent([String].self, forKey: Member("properties"))
        sortby = try container.decodeIfPresent([String].self, forKey: Member("sortby"))
        bbox = try container.decodeIfPresent([Double].self, forKey: Member("bbox"))
        let values = try container.decodeIfPresent([String: Literal].self, forKey: Member("equals")) ?? [:]
        equals = values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value.text) }
    }

    /// The same search for the page after this one.
    func continued(by cursor: String) -> JSONValue {
        .present([
            ("limit", limit.map { .integer(Int64($0)) }),
            ("properties", properties.map { .array($0.map { .string($0) }) }),
            ("sortby", sortby.map { .array($0.map { .string($0) }) }),
            ("bbox", bbox.map { .array($0.map { .double($0) }) }),
            ("equals", equals.isEmpty ? nil : .object(equals.map { ($0.name, .optional($0.value)) })),
            ("cursor", .string(cursor)),
        ])
    }

    private struct Member: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    /// A text, whole number, decimal, truth value or null, as the text it is compared as.
    private struct Literal: Decodable {
        var text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                text = nil
            } else if let flag = try? container.decode(Bool.self) {
                text = flag ? "true" : "false"
            } else if let number = try? container.decode(Int64.self) {
                text = String(number)
            } else if let number = try? container.decode(Decimal.self) {
                text = "\(number)"
            } else {
                text = try container.decode(String.self)
            }
        }
    }
}
