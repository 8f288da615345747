import GRDB
import GRDBSQLite
import Model
import Standards
import Store

/// Copies rows of a statement into a page, masking on the way: a value that may not be seen never leaves the store.
struct RowReader {
    /// The columns that stand before the fields in every selection of records.
    static let envelopeColumns = "_id, _revision, _run, _state, _page, _record"
    static let envelopeCount: Int32 = 6

    let fields: [CollectionField]
    private let isMasked: [Bool]

    init(_ collection: Collection, columns: [Int], disclosure: Disclosure) {
        fields = columns.map { collection.fields[$0] }
        isMasked = fields.map { disclosure.treatment(of: $0) != .plain }
    }

    /// An empty page for these fields.
    func emptyPage() -> RecordPage {
        RecordPage(fields: fields, batch: RecordBatch(columns: fields.count), envelopes: [])
    }

    /// Appends the row that the statement stands on.
    func append(_ statement: OpaquePointer, to page: inout RecordPage, times: inout PublicationTimes) throws {
        let id = copyText(statement, 0, into: &page.batch.bytes)
        let locator = SourceLocator(
            page: sqlite3_column_int(statement, 4), record: sqlite3_column_int(statement, 5))
        page.batch.heads.append(RecordBatch.Head(id: id, hash: RecordBatch.Hash(), locator: locator))
        let run = sqlite3_column_int64(statement, 2)
        page.envelopes.append(
            RecordEnvelope(
                revision: sqlite3_column_int64(statement, 1), run: run, publishedAt: try times.time(of: run),
                isStale: sqlite3_column_int(statement, 3) == GenerationTable.RowState.stale.rawValue))
        for column in fields.indices {
            let cell = cell(statement, RowReader.envelopeCount + Int32(column), column, into: &page.batch.bytes)
            page.batch.cells.append(cell)
        }
    }

    private func cell(
        _ statement: OpaquePointer, _ index: Int32, _ column: Int, into bytes: inout [UInt8]
    ) -> RecordBatch.Cell {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER where fields[column].type.isStoredAsInteger:
            guard !isMasked[column] else { return .null }
            return RecordBatch.Cell(
                kind: .integer, payload: UInt64(bitPattern: sqlite3_column_int64(statement, index)))
        default:
            guard isMasked[column] else {
                let range = copyText(statement, index, into: &bytes)
                let kind: RecordBatch.Kind = fields[column].type.isSpatial ? .place : .text
                return RecordBatch.Cell(kind: kind, offset: range.lowerBound, length: range.count)
            }
            return masked(statement, index, fields[column].type, into: &bytes)
        }
    }

    private func masked(
        _ statement: OpaquePointer, _ index: Int32, _ type: FieldType, into bytes: inout [UInt8]
    ) -> RecordBatch.Cell {
        guard let start = sqlite3_column_text(statement, index) else { return .null }
        let value = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
        guard let mask = Mask.apply(type: type, value: value.span) else { return .null }
        bytes.append(contentsOf: mask)
        return RecordBatch.Cell(kind: .text, offset: bytes.count - mask.count, length: mask.count)
    }

    private func copyText(_ statement: OpaquePointer, _ index: Int32, into bytes: inout [UInt8]) -> Range<Int> {
        let start = bytes.count
        if let text = sqlite3_column_text(statement, index) {
            bytes.append(
                contentsOf: UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, index))))
        }
        return start..<bytes.count
    }
}

extension FieldType {
    var isStoredAsInteger: Bool { self == .integer || self == .boolean }
}

/// When runs were published, looked up once for each run that a page meets.
struct PublicationTimes {
    private let statement: Statement
    private var known: [Int64: String] = [:]

    init(_ db: Database) throws {
        statement = try db.cachedStatement(sql: "SELECT ended_at FROM runs WHERE number = ?")
    }

    mutating func time(of run: Int64) throws -> String {
        if let time = known[run] { return time }
        let time = try String.fetchOne(statement, arguments: [run]) ?? ""
        known[run] = time
        return time
    }
}
