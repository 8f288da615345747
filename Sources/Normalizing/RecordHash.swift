import CXXHash
import Crypto
import Foundation
import Model
import Synchronization

/// Digests of a record: equal means that nothing a consumer could see has changed.
struct RecordHash {
    /// SHA-256 of the field rules, in hexadecimal.
    let rules: String
    private let seed: UInt64
    /// Two words a cell, and the digest of the values before them.
    private var shape: [UInt64]

    /// Seconds spent on digests, as far as one in `sampling` tells: asking the time takes longer than a digest.
    private(set) var seconds = 0.0
    private var count = 0
    private static let sampling = 64

    /// Raised when the normal form of a type changes: then every record counts as changed once.
    private static let version = 2

    init(_ entry: Entry) throws(Fault) {
        rules = try Self.rules(of: entry)
        seed = UInt64(rules.prefix(16), radix: 16) ?? 0
        shape = Array(repeating: 0, count: entry.fields.count * 2 + 2)
    }

    /// Entries are asked for their rules in every run and changed once a year: who asked last is remembered.
    private static let known = Mutex<[String: (entry: Entry, rules: String)]>([:])

    static func rules(of entry: Entry) throws(Fault) -> String {
        if let last = known.withLock({ $0[entry.name] }), last.entry == entry { return last.rules }
        let digest = SHA256.hash(data: try canonical(entry))
        let rules = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        known.withLock { $0[entry.name] = (entry, rules) }
        return rules
    }

    private struct Rules: Encodable {
        var version: Int
        var fields: [Field]
        var key: [String]
        var delivery: Entry.Delivery
    }

    /// What decides about values and findings, in one spelling: titles and indexes do not.
    private static func canonical(_ entry: Entry) throws(Fault) -> Data {
        var fields = entry.fields
        for index in fields.indices {
            fields[index].title = ""
            fields[index].titleEnglish = nil
            fields[index].isIndexed = false
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(
                Rules(version: version, fields: fields, key: entry.key, delivery: removal(entry.delivery)))
        } catch {
            throw Fault(.defect, "the fields of \(entry.name) cannot be encoded: \(error)")
        }
    }

    /// Of a delta only its removals are a rule: how it is asked changes no record.
    private static func removal(_ delivery: Entry.Delivery) -> Entry.Delivery {
        guard case .delta(let delta) = delivery else { return delivery }
        return .delta(Entry.Delta(parameter: "", field: "", removed: delta.removed))
    }

    /// The digest of the record whose cells are the batch's last, and whose values are its arena from `start` to `end`.
    mutating func digest(_ batch: RecordBatch, from start: Int, to end: Int, troubles: [Trouble]) -> RecordBatch.Hash {
        count += 1
        guard count % Self.sampling == 0 else { return compute(batch, from: start, to: end, troubles: troubles) }
        let began = ContinuousClock.now
        defer { seconds += Double(Self.sampling) * ((.now - began) / .seconds(1)) }
        return compute(batch, from: start, to: end, troubles: troubles)
    }

    @inline(__always)
    private mutating func compute(
        _ batch: RecordBatch, from start: Int, to end: Int, troubles: [Trouble]
    ) -> RecordBatch.Hash {
        let columns = batch.columns
        let first = batch.cells.count - columns
        var values = RecordBatch.Hash()
        batch.bytes.span.extracting(start..<end).withUnsafeBytes {
            huitong_hash128($0.baseAddress, $0.count, seed, &values.low, &values.high)
        }
        var words = shape.mutableSpan
        words[0] = values.low
        words[1] = values.high
        for column in 0..<columns {
            let cell = batch.cells[first + column]
            let isNumber = cell.kind == .integer
            words[column * 2 + 2] = UInt64(cell.kind.rawValue) | (isNumber ? 0 : UInt64(cell.length) << 8)
            words[column * 2 + 3] = isNumber ? cell.payload : 0
        }
        var hash = RecordBatch.Hash()
        shape.withUnsafeBytes { huitong_hash128($0.baseAddress, $0.count, seed, &hash.low, &hash.high) }
        if !troubles.isEmpty { mix(troubles, into: &hash) }
        return hash
    }

    private func mix(_ troubles: [Trouble], into hash: inout RecordBatch.Hash) {
        var text: [UInt8] = []
        for trouble in troubles { text += Array("\(trouble.rule.rawValue)@\(trouble.column);".utf8) }
        withUnsafeBytes(of: (hash.low, hash.high)) { text += $0 }
        text.withUnsafeBytes { huitong_hash128($0.baseAddress, $0.count, seed, &hash.low, &hash.high) }
    }
}

/// A rule that a value of the record at hand has broken.
struct Trouble {
    var column: Int
    var rule: FindingRule
}
