import District
import Foundation
import GRDBSQLite

/// Looks into what a peer left, so that nobody is compared who did half of the work.
struct PeerCheck {
    /// Of the register, in JSON.
    let pages: String
    let records: Int
    let edition: EntityGenerator.Edition

    /// Counts the rows and the changed ones, and compares one of them.
    func check(_ path: String) throws {
        let (changed, sample) = try expected()
        var database: OpaquePointer?
        defer { sqlite3_close_v2(database) }
        guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let database else {
            throw Failure("there is no database \(path)")
        }
        let count = try row("SELECT count(*) FROM entity", in: database)
        guard count == ["\(records)"] else { throw Failure("\(path) has \(count) records of \(records)") }
        let found = try row("SELECT count(*) FROM entity WHERE CAST(BBH AS INTEGER) = 2", in: database)
        guard found == ["\(changed)"] else { throw Failure("\(path) has \(found) changed records of \(changed)") }
        let fields = ["TYSHXYDM", "QYMC", "ZS", "JYFW", "FDDBR"]
        let key = sample["TYSHXYDM"] ?? ""
        let values = try row(
            "SELECT \(fields.joined(separator: ", ")) FROM entity WHERE TYSHXYDM = '\(key)'", in: database)
        guard values == fields.map({ sample[$0] }) else { throw Failure("\(path) has \(values), not \(sample)") }
        // Some keep a number as one.
        let capital = try row("SELECT CAST(ZCZB AS REAL) FROM entity WHERE TYSHXYDM = '\(key)'", in: database)
        guard capital[0].flatMap({ Double($0) }) == sample["ZCZB"].flatMap({ Double($0) }) else {
            throw Failure("\(path) has a capital of \(capital), not \(sample)")
        }
    }

    /// How many records the edition changed, and the last of them, or the last of all.
    private func expected() throws -> (changed: Int, sample: [String: String]) {
        var changed = 0
        var sample: Data?
        for number in 1...EntityGenerator(count: records).pageCount {
            let page = try PageRecords("\(pages)/page-\(number).json", .json)
            for index in page.places.indices {
                let isChanged = page.page.withUnsafeBytes { bytes in
                    UnsafeRawBufferPointer(rebasing: bytes[page.places[index]]).find(#""BBH":"2""#, from: 0) != nil
                }
                if isChanged { changed += 1 }
                if isChanged || edition == .first { sample = page[index] }
            }
        }
        guard let sample, let object = try JSONSerialization.jsonObject(with: sample) as? [String: String] else {
            throw Failure("no record of \(pages) is to be compared")
        }
        return (changed, object)
    }

    private func row(_ sql: String, in database: OpaquePointer) throws -> [String?] {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK,
            sqlite3_step(statement) == SQLITE_ROW
        else { throw Failure("\(sql): \(String(cString: sqlite3_errmsg(database)))") }
        return (0..<sqlite3_column_count(statement)).map { column in
            sqlite3_column_text(statement, column).map { String(cString: $0) }
        }
    }
}
