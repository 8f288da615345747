import Foundation
import GRDB
import GRDBSQLite
import Model

/// Looks up what is published under an id: its revision, and whether its content is the same.
///
/// Most sources send their records in the order of the time before, which is the order of the table. So the next row is
/// looked at first: it lies on a page that is read already, where the index of ids would lead to another page each time.
final class Probe {
    enum Answer: Equatable {
        case unknown
        case same(Int64)
        case other(Int64)

        var revision: Int64? {
            switch self {
            case .unknown: nil
            case .same(let revision), .other(let revision): revision
            }
        }
    }

    private let byID: OpaquePointer
    private let following: OpaquePointer
    private(set) var trail: Trail
    /// Whether `following` stands on a row.
    private var isOnRow = false

    /// - Parameter trail: where the batch before has come to.
    init(_ table: GenerationTable, from trail: Trail, _ db: Database) throws {
        byID =
            try db.cachedStatement(sql: "SELECT _revision, _hash FROM \(table.current) WHERE _id = ?").sqliteStatement
        following =
            try db.cachedStatement(
                sql: "SELECT _revision, _hash, _id FROM \(table.current) WHERE _revision >= ? ORDER BY _revision"
            ).sqliteStatement
        self.trail = trail
        try seek()
    }

    deinit { sqlite3_reset(following) }

    func callAsFunction(_ id: UnsafeRawBufferPointer, _ hash: RecordBatch.Hash) throws -> Answer {
        if isOnRow, isHere(id) {
            let answer = Self.answer(following, hash)
            trail.follow()
            try step()
            return answer
        }
        let answer = try find(id, hash)
        if let revision = answer.revision, trail.lose(at: revision) { try seek() }
        return answer
    }

    /// Whether the row at hand has the id.
    private func isHere(_ id: UnsafeRawBufferPointer) -> Bool {
        guard let text = sqlite3_column_text(following, 2), let start = id.baseAddress,
            Int(sqlite3_column_bytes(following, 2)) == id.count
        else { return false }
        return memcmp(text, start, id.count) == 0
    }

    private func find(_ id: UnsafeRawBufferPointer, _ hash: RecordBatch.Hash) throws -> Answer {
        sqlite3_bind_text(
            byID, 1, id.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(id.count), nil)
        defer { sqlite3_reset(byID) }
        return try Self.isRow(sqlite3_step(byID)) ? Self.answer(byID, hash) : .unknown
    }

    private func seek() throws {
        sqlite3_reset(following)
        sqlite3_bind_int64(following, 1, trail.next)
        try step()
    }

    private func step() throws {
        isOnRow = try Self.isRow(sqlite3_step(following))
        if isOnRow { trail.next = sqlite3_column_int64(following, 0) }
    }

    private static func isRow(_ code: Int32) throws -> Bool {
        switch code {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        default: throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
    }

    private static func answer(_ statement: OpaquePointer, _ hash: RecordBatch.Hash) -> Answer {
        let revision = sqlite3_column_int64(statement, 0)
        guard let bytes = sqlite3_column_blob(statement, 1), sqlite3_column_bytes(statement, 1) == 16 else {
            return .other(revision)
        }
        let high = bytes.loadUnaligned(as: UInt64.self)
        let low = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        return high == hash.high && low == hash.low ? .same(revision) : .other(revision)
    }
}

/// How far a source has been followed through the table that it is compared with.
struct Trail: Sendable {
    /// The revision of the row that is expected next.
    var next: Int64 = 0
    private var missesInRow = 0
    /// Misses in a row after which the trail is taken up elsewhere. It grows while that does not help: a source in an order
    /// of its own costs next to nothing more.
    private var patience = Self.patienceAtFirst

    private static let patienceAtFirst = 2
    private static let patienceAtMost = 4096

    mutating func follow() {
        missesInRow = 0
        patience = Self.patienceAtFirst
    }

    /// Takes note that the next row was not the record's, which was found elsewhere.
    ///
    /// - Returns: whether the trail goes on after it.
    mutating func lose(at revision: Int64) -> Bool {
        missesInRow += 1
        guard missesInRow >= patience else { return false }
        missesInRow = 0
        patience = min(patience * 2, Self.patienceAtMost)
        next = revision + 1
        return true
    }
}
