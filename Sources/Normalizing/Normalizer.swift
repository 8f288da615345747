import Geospatial
import Model
import Standards

/// Turns records as a source sent them into normal form: types, codes, units and coordinates, with a finding for what
/// cannot be read.
///
/// One is made for each run and stays in its task: it holds a PROJ transformation, which is no other task's to use.
public struct Normalizer {
    let entry: Entry
    let paths: [String]
    let columns: [Column]
    private let originals: Originals
    private let key: RecordKey
    private let removal: Removal?
    private var hash: RecordHash
    /// Columns of the record at hand whose values are not served as they were sent.
    private var converted: [Int] = []

    /// The digest of the field rules, in hexadecimal; it is part of every record's hash.
    public var rules: String { hash.rules }
    /// Seconds spent on records' digests so far, estimated from some of them.
    public var hashSeconds: Double { hash.seconds }

    /// The same of an entry for which no normaliser is wanted yet.
    public static func rules(of entry: Entry) throws(Fault) -> String { try RecordHash.rules(of: entry) }

    /// Where and how a source says that a record was removed.
    private struct Removal {
        var column: Int
        var values: ByteTable
    }

    /// - Parameters:
    ///   - lists: the catalogue's code lists, by name.
    ///   - digestKey: the secret that ids are made with where the key's fields are graded 3 or higher.
    ///   - today: ISO date that the validity of codes is judged by.
    /// - Throws: `catalogue.invalid` for a field that cannot be compiled, `settings.credential-missing` without a digest
    ///   key where one is needed.
    public init(entry: Entry, lists: [String: CodeList], digestKey: [UInt8], today: String) throws(Fault) {
        self.entry = entry
        paths = entry.readPaths
        var places: [String: Int] = [:]
        for (index, path) in paths.enumerated() { places[path] = index }
        columns = try Compiler(entry: entry, lists: lists, today: today, paths: places).columns()
        originals = Originals(columns, fields: entry.fields)
        converted.reserveCapacity(columns.count)
        key = try Self.key(entry, digestKey)
        hash = try RecordHash(entry)
        if case .delta(let delta) = entry.delivery, let removed = delta.removed {
            var values = ByteTable()
            for value in removed.values { values.insert(value.utf8, 1) }
            removal = Removal(column: places[removed.path] ?? 0, values: values)
        } else {
            removal = nil
        }
    }

    private static func key(_ entry: Entry, _ digestKey: [UInt8]) throws(Fault) -> RecordKey {
        var columns: [Int] = []
        for name in entry.key {
            guard let index = entry.fields.firstIndex(where: { $0.name == name }) else {
                throw Fault(.badCatalogue, "the key of \(entry.name) names \(name), which is not a field")
            }
            columns.append(index)
        }
        guard columns.contains(where: { entry.fields[$0].isMasked || entry.fields[$0].isWithheld }) else {
            return RecordKey(columns: columns, digestKey: nil)
        }
        guard !digestKey.isEmpty else {
            throw Fault(
                .missingCredential, "the key of \(entry.name) is graded, and there is no secret to make ids with",
                advice: "Set the secret of ids in the settings.")
        }
        return RecordKey(columns: columns, digestKey: digestKey)
    }

    /// Appends every record of a raw batch: to the batch's rows, or to its refusals.
    ///
    /// - Parameter raw: its columns are the entry's `readPaths`; the batch's columns are the entry's fields.
    public mutating func normalize(_ raw: RawBatch, into batch: inout RecordBatch) {
        precondition(raw.columns == paths.count && batch.columns == columns.count, "batches of another entry")
        batch.bytes.reserveCapacity(batch.bytes.count + raw.bytes.count + raw.count * 64)
        batch.cells.reserveCapacity(batch.cells.count + raw.count * columns.count)
        batch.heads.reserveCapacity(batch.heads.count + raw.count)
        for record in 0..<raw.count { normalize(record, of: raw, into: &batch) }
    }

    private mutating func normalize(_ record: Int, of raw: RawBatch, into batch: inout RecordBatch) {
        let start = batch.bytes.count
        let cells = batch.cells.count
        let isRemoved = isRemoved(record, raw)
        converted.removeAll(keepingCapacity: true)
        var troubles: [Trouble] = []
        var isRefused = false
        for index in columns.indices {
            let outcome: Outcome =
                isRemoved && !columns[index].isKey ? .absent : read(record, of: raw, index, into: &batch.bytes)
            switch outcome {
            case .value(let cell): batch.cells.append(cell)
            case .doubtful(let cell, let rule):
                batch.cells.append(cell)
                troubles.append(Trouble(column: index, rule: rule))
            case .wrong(let rule):
                batch.cells.append(.null)
                troubles.append(Trouble(column: index, rule: rule))
                isRefused = isRefused || columns[index].isRequired
            case .absent:
                batch.cells.append(.null)
                guard columns[index].isRequired, !isRemoved || columns[index].isKey else { continue }
                troubles.append(Trouble(column: index, rule: columns[index].isKey ? .keyMissing : .requiredMissing))
                isRefused = true
            }
        }
        if isRefused {
            refuse(record, of: raw, troubles, cells: cells, into: &batch)
            batch.bytes.removeLast(batch.bytes.count - start)
            batch.cells.removeLast(batch.cells.count - cells)
        } else {
            keep(record, of: raw, troubles, from: start, isRemoved: isRemoved, into: &batch)
        }
    }

    private mutating func keep(
        _ record: Int, of raw: RawBatch, _ troubles: [Trouble], from start: Int, isRemoved: Bool,
        into batch: inout RecordBatch
    ) {
        let end = batch.bytes.count
        let cells = batch.cells.count - columns.count
        let id = key.write(cells, in: &batch)
        var digest = RecordBatch.Hash()
        var sent = 0..<0
        if !isRemoved {
            digest = hash.digest(batch, from: start, to: end, troubles: troubles)
            sent = originals.write(raw, record, of: converted, into: &batch)
        }
        for trouble in troubles {
            batch.findings.append(finding(trouble, record: batch.heads.count, of: raw, record))
        }
        batch.heads.append(
            RecordBatch.Head(
                id: id, hash: digest, locator: raw.locators[record], isRemoved: isRemoved, originals: sent))
    }

    private func refuse(
        _ record: Int, of raw: RawBatch, _ troubles: [Trouble], cells: Int, into batch: inout RecordBatch
    ) {
        var id: String?
        if key.columns.allSatisfy({ batch.cells[cells + $0].kind != .null }) {
            id = String(decoding: batch.bytes[key.write(cells, in: &batch)], as: UTF8.self)
        }
        batch.refusals.append(
            Refusal(
                id: id, raw: RawText.json(raw, record, paths: paths),
                findings: troubles.map { finding($0, record: 0, of: raw, record) }, locator: raw.locators[record]))
    }

    private func isRemoved(_ record: Int, _ raw: RawBatch) -> Bool {
        guard let removal else { return false }
        return withRaw(raw, record, removal.column, otherwise: false) { value, _ in
            removal.values.find(value) != nil
        }
    }

    private mutating func read(_ record: Int, of raw: RawBatch, _ index: Int, into bytes: inout [UInt8]) -> Outcome {
        let column = columns[index]
        if column.first < 0 { return column.writeConstant(into: &bytes) }
        if column.second >= 0 { return readCoordinates(record, of: raw, index, into: &bytes) }
        return withRaw(raw, record, column.place(of: record, in: raw), otherwise: .absent) { value, kind in
            guard kind != .broken else { return .wrong(.broken) }
            let outcome = column.read(value, kind: kind, into: &bytes)
            if !column.serves(value, kind, as: outcome, bytes) { converted.append(index) }
            return outcome
        }
    }

    private mutating func readCoordinates(
        _ record: Int, of raw: RawBatch, _ index: Int, into bytes: inout [UInt8]
    ) -> Outcome {
        let column = columns[index]
        return withRaw(raw, record, column.first, otherwise: nil) { x, xKind in
            withRaw(raw, record, column.second, otherwise: nil) { y, yKind in
                guard xKind != .broken, yKind != .broken else { return .wrong(.broken) }
                converted.append(index)
                return column.readCoordinates(x, y, into: &bytes)
            }
        } ?? readIncomplete(record, of: raw, column)
    }

    private func readIncomplete(_ record: Int, of raw: RawBatch, _ column: Column) -> Outcome {
        let isHalf = [column.first, column.second].contains { column.isFilled($0, record, raw) }
        return isHalf ? .wrong(.pointIncomplete) : .absent
    }

    /// The code that took the place of the one a raw value means.
    func successor(ofColumn index: Int, _ raw: RawBatch, _ record: Int) -> String? {
        guard let codes = columns[index].codes else { return nil }
        return withRaw(raw, record, columns[index].place(of: record, in: raw), otherwise: nil) { value, _ in
            let folded = FullWidth.fold(value)
            return (codes.find(value) ?? codes.find(folded.span)).flatMap { codes.answers[$0].successor }
        }
    }
}
