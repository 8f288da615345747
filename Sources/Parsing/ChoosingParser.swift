import Model

/// Chooses among the objects of arrays that were read whole: for columns and values whose path has a filter.
///
/// The parser inside reads the array as a nested document; the choice is made by another that reads that document.
final class ChoosingParser: RecordParser {
    private let inner: any RecordParser
    private let columns: [(column: Int, choice: SourcePath.Choice)]
    private let values: [(slot: Int, choice: SourcePath.Choice)]
    private let slots: Int

    /// Nil where no path of the specification has a filter.
    init?(
        _ specification: ParseSpecification, _ make: (ParseSpecification) throws(Fault) -> any RecordParser
    ) throws(Fault) {
        columns = specification.columns.enumerated().compactMap { place in
            place.element.choice.map { (place.offset, $0) }
        }
        values = specification.document.enumerated().compactMap { place in
            place.element.choice.map { (place.offset, $0) }
        }
        slots = specification.document.count
        if columns.isEmpty && values.isEmpty { return nil }
        var arrays = specification
        for (column, choice) in columns { arrays.columns[column] = choice.array }
        for (slot, choice) in values { arrays.document[slot] = choice.array }
        inner = try make(arrays)
    }

    var document: DocumentValues { (try? chosen(inner.document)) ?? inner.document }

    func feed(_ bytes: UnsafeRawBufferPointer, into batch: inout RawBatch) throws(Fault) {
        let before = batch.count
        try inner.feed(bytes, into: &batch)
        try choose(from: before, &batch)
    }

    func finish(into batch: inout RawBatch) throws(Fault) -> DocumentValues {
        let before = batch.count
        let document = try inner.finish(into: &batch)
        try choose(from: before, &batch)
        return try chosen(document)
    }

    private func choose(from first: Int, _ batch: inout RawBatch) throws(Fault) {
        guard first < batch.count else { return }
        for (column, choice) in columns {
            for record in first..<batch.count {
                let cell = batch.cell(record, column)
                guard cell.kind == .structure else { continue }
                let start = Int(cell.offset)
                let found = try Self.find(choice, in: Array(batch.bytes[start..<start + Int(cell.length)]))
                found.bytes.withUnsafeBytes { batch.replace(record, column, found.kind, $0) }
            }
        }
    }

    private func chosen(_ document: DocumentValues) throws(Fault) -> DocumentValues {
        var chosen = DocumentValues(slots: Array(0..<slots))
        chosen.hasRecords = document.hasRecords
        chosen.recordCount = document.recordCount
        for slot in 0..<slots { chosen.set(slot: slot, document[slot]) }
        for (slot, choice) in values {
            guard let array = document[slot] else { continue }
            let found = try Self.find(choice, in: Array(array.utf8))
            chosen.set(slot: slot, found.text)
        }
        return chosen
    }

    /// The first object that fits.
    private static func find(
        _ choice: SourcePath.Choice, in array: [UInt8]
    ) throws(Fault) -> (kind: RawBatch.Kind, bytes: [UInt8], text: String?) {
        let parser = try makeParser(
            ParseSpecification(format: .json, records: .jsonDocument, columns: [choice.member, choice.rest]), page: 1,
            charset: CharsetHint(setting: "UTF-8"))
        var objects = RawBatch(columns: 2)
        try parser.feed(array, into: &objects)
        _ = try parser.finish(into: &objects)
        for record in 0..<objects.count where objects.string(record, 0) == choice.value {
            let cell = objects.cell(record, 1)
            let start = Int(cell.offset)
            return (cell.kind, Array(objects.bytes[start..<start + Int(cell.length)]), objects.string(record, 1))
        }
        return (.missing, [], nil)
    }
}
