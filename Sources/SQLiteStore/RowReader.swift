import GRDB
import GRDBSQLite
import Model
import Standards
import Store

/// Reads the rows of a statement, masking on the way: a value that may not be seen never leaves the store.
///
/// Used by one thread at a time, as the connection is. A row's values stand in memory that the next row takes over.
final class RowReader {
    /// The columns that stand before the fields in every selection of records.
    static let envelopeColumns = "_id, _revision, _run, _state, _page, _record"
    static let envelopeCount: Int32 = 6
    private static let envelopeNames = envelopeColumns.split(separator: ", ").map(String.init)

    /// How a column is read: looked up once, not row by row.
    private struct Column {
        let isInteger: Bool
        let isPlace: Bool
        /// Nil for a plain value.
        let mask: Masking?
    }

    private enum Masking {
        case by(Mask)
        /// Of a type whose masks are not known nothing is shown.
        case whole
    }

    let fields: [CollectionField]
    private let columns: [Column]
    private let values: UnsafeMutableBufferPointer<RecordRow.Value>
    /// What masked values of the row are written to, one piece a value.
    private var masked: [UnsafeMutableRawBufferPointer] = []

    init(_ collection: Collection, columns: [Int], disclosure: Disclosure) {
        fields = columns.map { collection.fields[$0] }
        self.columns = fields.map { field in
            let masking = Mask(rawValue: field.type.rawValue).map(Masking.by) ?? .whole
            return Column(
                isInteger: field.type.isStoredAsInteger, isPlace: field.type.isSpatial,
                mask: disclosure.treatment(of: field) == .plain ? nil : masking)
        }
        values = .allocate(capacity: fields.count)
        values.initialize(repeating: .null)
    }

    deinit {
        forgetMasked()
        values.deallocate()
    }

    /// The columns that a statement has to select for `row`, each after the given alias.
    func selected(_ alias: String = "") -> String {
        (RowReader.envelopeNames + fields.map { GenerationTable.quoted($0.name) }).map { alias + $0 }
            .joined(separator: ", ")
    }

    /// An empty page for these fields.
    func emptyPage() -> RecordPage { RecordPage(fields: fields) }

    /// The row that the statement stands on, until the statement or this reader goes on.
    func row(_ statement: OpaquePointer, times: inout PublicationTimes) throws -> RecordRow {
        forgetMasked()
        for column in columns.indices {
            values[column] = value(statement, RowReader.envelopeCount + Int32(column), columns[column])
        }
        let run = sqlite3_column_int64(statement, 2)
        let envelope = RecordEnvelope(
            revision: sqlite3_column_int64(statement, 1), run: run, publishedAt: try times.time(of: run),
            isStale: sqlite3_column_int(statement, 3) == GenerationTable.RowState.stale.rawValue)
        return RecordRow(
            id: RowReader.text(sqlite3_column_value(statement, 0)) ?? UnsafeRawBufferPointer(start: nil, count: 0),
            values: UnsafeBufferPointer(values), envelope: envelope)
    }

    /// Appends the row that the statement stands on.
    func append(_ statement: OpaquePointer, to page: inout RecordPage, times: inout PublicationTimes) throws {
        page.append(try row(statement, times: &times))
    }

    private func value(_ statement: OpaquePointer, _ index: Int32, _ column: Column) -> RecordRow.Value {
        // The connection is this thread's, so the unprotected value may be looked at; one look-up instead of three.
        let value = sqlite3_column_value(statement, index)
        switch sqlite3_value_type(value) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER where column.isInteger:
            return column.mask == nil ? .integer(sqlite3_value_int64(value)) : .null
        default:
            guard let text = RowReader.text(value) else { return .null }
            guard let mask = column.mask else { return column.isPlace ? .place(text) : .text(text) }
            return masked(text, mask)
        }
    }

    private static func text(_ value: OpaquePointer?) -> UnsafeRawBufferPointer? {
        guard let start = sqlite3_value_text(value) else { return nil }
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
    }

    private func masked(_ value: UnsafeRawBufferPointer, _ masking: Masking) -> RecordRow.Value {
        guard case .by(let mask) = masking else { return .null }
        let bytes = UnsafeBufferPointer(
            start: value.baseAddress?.assumingMemoryBound(to: UInt8.self), count: value.count)
        guard let shown = mask.apply(bytes.span) else { return .null }
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: shown.count, alignment: 1)
        copy.copyBytes(from: shown)
        masked.append(copy)
        return .text(UnsafeRawBufferPointer(copy))
    }

    private func forgetMasked() {
        for piece in masked { piece.deallocate() }
        masked.removeAll(keepingCapacity: true)
    }
}

extension FieldType {
    var isStoredAsInteger: Bool { self == .integer || self == .boolean }
}

/// When runs were published, looked up once for each run that rows meet.
struct PublicationTimes {
    private let statement: Statement
    private var known: [Int64: String] = [:]
    /// The last that was asked for: rows of one run stand together.
    private var last: (run: Int64, time: String)?

    init(_ db: Database) throws {
        statement = try db.cachedStatement(sql: "SELECT ended_at FROM runs WHERE number = ?")
    }

    mutating func time(of run: Int64) throws -> String {
        if let last, last.run == run { return last.time }
        let time = try known[run] ?? String.fetchOne(statement, arguments: [run]) ?? ""
        if known.count > 4096 { known = [:] }
        known[run] = time
        last = (run, time)
        return time
    }
}
