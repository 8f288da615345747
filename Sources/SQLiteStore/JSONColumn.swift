import Foundation
import GRDB
import Model
import Synchronization

/// Values kept as JSON in a column: descriptions that are read whole, never searched by.
func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

extension Row {
    func decoded<T: Decodable>(_ type: T.Type, _ column: String) throws -> T {
        guard let value = try decodedIfPresent(type, column) else { throw Row.isEmpty(column) }
        return value
    }

    func decodedIfPresent<T: Decodable>(_ type: T.Type, _ column: String) throws -> T? {
        guard let text: String = self[column] else { return nil }
        return try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    /// The same for what is read far more often than it is written: entries, collections, subjects.
    func definition<T: Decodable & Sendable>(_ type: T.Type, _ column: String) throws -> T {
        guard let text: String = self[column] else { throw Row.isEmpty(column) }
        return try Definitions.known.decoded(type, text)
    }

    private static func isEmpty(_ column: String) -> Fault {
        Fault(.storeCorrupt, "a column that must have a value is empty", context: ["column": column])
    }
}

/// Remembers what definitions were decoded to: decoding an entry takes as long as staging a hundred records.
///
/// One for the process: what a text means does not depend on the file it was read from.
final class Definitions: Sendable {
    static let known = Definitions()

    private struct Key: Hashable {
        let type: ObjectIdentifier
        let text: String

        /// By bytes: a `String` would be brought into its canonical form first.
        func hash(into hasher: inout Hasher) {
            var text = text
            hasher.combine(type)
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }

    private let values = Mutex<[Key: any Sendable]>([:])

    /// Where more are known than a district has, they are forgotten and decoded again.
    private static let limit = 8192

    func decoded<T: Decodable & Sendable>(_ type: T.Type, _ text: String) throws -> T {
        let key = Key(type: ObjectIdentifier(type), text: text)
        if let known = values.withLock({ $0[key] }) as? T { return known }
        let value = try JSONDecoder().decode(type, from: Data(text.utf8))
        values.withLock { values in
            if values.count >= Definitions.limit { values = [:] }
            values[key] = value
        }
        return value
    }
}
