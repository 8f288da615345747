import Foundation
import GRDB
import Model

/// Values kept as JSON in a column: descriptions that are read whole, never searched by.
func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

extension Row {
    func decoded<T: Decodable>(_ type: T.Type, _ column: String) throws -> T {
        guard let value = try decodedIfPresent(type, column) else {
            throw Fault(.storeCorrupt, "a column that must have a value is empty", context: ["column": column])
        }
        return value
    }

    func decodedIfPresent<T: Decodable>(_ type: T.Type, _ column: String) throws -> T? {
        guard let text: String = self[column] else { return nil }
        return try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
