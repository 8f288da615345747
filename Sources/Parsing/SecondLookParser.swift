import Model

/// Reads records some of whose values need a second look: an array to choose an object from, a document within a value.
///
/// The parser inside reads those values whole; another reads what they hold.
final class SecondLookParser: RecordParser {
    private let inner: any RecordParser
    private let columns: [(column: Int, look: SecondLook)]
    /// Columns that are chosen from one array.
    private let choices: [(columns: [Int], look: ChoiceLook)]
    private let values: [(slot: Int, look: SecondLook)]
    private let slots: Int
    private let time: ParseTime?

    /// Nil where no path of the specification needs a second look.
    init?(
        _ specification: ParseSpecification, _ make: (ParseSpecification) throws(Fault) -> any RecordParser
    ) throws(Fault) {
        let looked = specification.columns.enumerated().compactMap { place in
            SecondLook(place.element, within: specification).map { (column: place.offset, look: $0) }
        }
        columns = looked.filter { specification.columns[$0.column].document != nil }
        choices = Self.choices(looked.map(\.column), specification)
        values = specification.document.enumerated().compactMap { place in
            SecondLook(place.element, within: specification).map { (place.offset, $0) }
        }
        slots = specification.document.count
        time = specification.time
        if looked.isEmpty && values.isEmpty { return nil }
        var first = specification
        for (column, look) in looked { first.columns[column] = look.first(of: specification.columns[column]) }
        for (slot, look) in values { first.document[slot] = look.first(of: specification.document[slot]) }
        inner = try make(first)
    }

    private static func choices(
        _ columns: [Int], _ specification: ParseSpecification
    ) -> [(columns: [Int], look: ChoiceLook)] {
        let choices = columns.compactMap { column -> (column: Int, choice: SourcePath.Choice)? in
            let path = specification.columns[column]
            return path.document == nil ? path.choice.map { (column, $0) } : nil
        }
        return Dictionary(grouping: choices) { $0.choice.array.steps }.values.map { group in
            (
                group.map(\.column),
                ChoiceLook(group.map(\.choice), limits: specification.limits, time: specification.time)
            )
        }
    }

    var document: DocumentValues { looked(at: inner.document) }

    func feed(_ bytes: UnsafeRawBufferPointer, into batch: inout RawBatch) throws(Fault) {
        let before = batch.count
        try inner.feed(bytes, into: &batch)
        try look(from: before, &batch)
    }

    func finish(into batch: inout RawBatch) throws(Fault) -> DocumentValues {
        let before = batch.count
        let document = try inner.finish(into: &batch)
        try look(from: before, &batch)
        return looked(at: document)
    }

    private func look(from first: Int, _ batch: inout RawBatch) throws(Fault) {
        guard first < batch.count else { return }
        for record in first..<batch.count {
            for (column, look) in columns {
                let (kind, value) = Self.value(batch, record, column)
                if let found = look.find(in: kind, value) { Self.replace(record, column, with: found, in: &batch) }
            }
            for (columns, look) in choices {
                let (kind, array) = Self.value(batch, record, columns[0])
                guard kind == .structure, let found = try? look.find(in: array) else { continue }
                for (column, found) in zip(columns, found) { Self.replace(record, column, with: found, in: &batch) }
            }
        }
        // What ended because the time was over looks like a value that cannot be opened.
        try time?.check()
    }

    private static func value(_ batch: RawBatch, _ record: Int, _ column: Int) -> (RawBatch.Kind, [UInt8]) {
        let cell = batch.cell(record, column)
        let start = Int(cell.offset)
        return (cell.kind, Array(batch.bytes[start..<start + Int(cell.length)]))
    }

    private static func replace(_ record: Int, _ column: Int, with found: SecondLook.Found, in batch: inout RawBatch) {
        found.bytes.withUnsafeBytes { batch.replace(record, column, found.kind, $0) }
    }

    private func looked(at document: DocumentValues) -> DocumentValues {
        var looked = DocumentValues(slots: Array(0..<slots))
        looked.hasRecords = document.hasRecords
        looked.recordCount = document.recordCount
        for slot in 0..<slots { looked.set(slot: slot, document[slot]) }
        for (slot, look) in values {
            guard let text = document[slot] else { continue }
            let isStructure = text.hasPrefix("[") || text.hasPrefix("{")
            let found = look.find(in: isStructure ? .structure : .text, Array(text.utf8))
            looked.set(slot: slot, found?.text)
        }
        return looked
    }
}
