import Model

/// Reads records some of whose values need a second look: an array to choose an object from, a document within a value.
///
/// The parser inside reads those values whole; another reads what they hold.
final class SecondLookParser: RecordParser {
    private let inner: any RecordParser
    private let columns: [(column: Int, look: SecondLook)]
    private let values: [(slot: Int, look: SecondLook)]
    private let slots: Int
    private let time: ParseTime?

    /// Nil where no path of the specification needs a second look.
    init?(
        _ specification: ParseSpecification, _ make: (ParseSpecification) throws(Fault) -> any RecordParser
    ) throws(Fault) {
        columns = specification.columns.enumerated().compactMap { place in
            SecondLook(place.element, within: specification).map { (place.offset, $0) }
        }
        values = specification.document.enumerated().compactMap { place in
            SecondLook(place.element, within: specification).map { (place.offset, $0) }
        }
        slots = specification.document.count
        time = specification.time
        if columns.isEmpty && values.isEmpty { return nil }
        var first = specification
        for (column, look) in columns { first.columns[column] = look.first(of: specification.columns[column]) }
        for (slot, look) in values { first.document[slot] = look.first(of: specification.document[slot]) }
        inner = try make(first)
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
        for (column, look) in columns {
            for record in first..<batch.count {
                let cell = batch.cell(record, column)
                let start = Int(cell.offset)
                let value = Array(batch.bytes[start..<start + Int(cell.length)])
                guard let found = look.find(in: cell.kind, value) else { continue }
                found.bytes.withUnsafeBytes { batch.replace(record, column, found.kind, $0) }
            }
        }
        // What ended because the time was over looks like a value that cannot be opened.
        try time?.check()
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
