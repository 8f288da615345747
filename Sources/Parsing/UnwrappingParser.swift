import Model

/// Reads the records of documents that are values of another document.
///
/// The outer document is held a value at a time, at most `valueBytes` of it. What is asked of the document around the
/// records is looked for in the outer one first, then in the inner one.
final class UnwrappingParser: RecordParser {
    private let wrapping: Wrapping
    private let inner: ParseSpecification
    private let outer: any RecordParser
    private let page: Int32
    /// For each value its place among those asked of the outer and of the inner document.
    private let outerPlaces: [Int?]
    private let innerPlaces: [Int?]
    private var wrappers = RawBatch(columns: 1)
    private var found = DocumentValues(slots: [])

    init(
        _ specification: ParseSpecification, _ wrapping: Wrapping, page: Int32, charset: CharsetHint
    ) throws(Fault) {
        self.wrapping = wrapping
        self.page = page
        let outerPaths = wrapping.values.map(\.outer)
        let innerPaths = wrapping.values.map(\.inner)
        outerPlaces = Self.places(outerPaths)
        innerPlaces = Self.places(innerPaths)
        var inner = specification
        inner.wrapping = nil
        inner.document = innerPaths.compactMap { $0 }
        self.inner = inner
        var outer = ParseSpecification(
            format: wrapping.format, records: wrapping.records, columns: [wrapping.value],
            document: outerPaths.compactMap { $0 }, limits: specification.limits)
        outer.time = specification.time
        self.outer = try makeParser(outer, page: page, charset: charset)
        found = DocumentValues(slots: Array(wrapping.values.indices))
    }

    private static func places(_ paths: [SourcePath?]) -> [Int?] {
        var count = 0
        return paths.map { path in
            guard path != nil else { return nil }
            count += 1
            return count - 1
        }
    }

    /// What was met so far, in the outer document and the inner ones.
    var document: DocumentValues {
        var values = found
        let around = outer.document
        for (slot, place) in outerPlaces.enumerated() {
            if let place, let value = around[place] { values.set(slot: slot, value) }
        }
        return values
    }

    func feed(_ bytes: UnsafeRawBufferPointer, into batch: inout RawBatch) throws(Fault) {
        try outer.feed(bytes, into: &wrappers)
        try open(into: &batch)
    }

    func finish(into batch: inout RawBatch) throws(Fault) -> DocumentValues {
        _ = try outer.finish(into: &wrappers)
        try open(into: &batch)
        return document
    }

    private func open(into batch: inout RawBatch) throws(Fault) {
        for index in 0..<wrappers.count {
            let cell = wrappers.cell(index, 0)
            guard cell.kind == .text, cell.length > 0 else { continue }
            let start = Int(cell.offset)
            let value = wrappers.bytes[start..<start + Int(cell.length)]
            do {
                // Text is laid out in its document: line ends before an XML declaration belong to the layout.
                try read(wrapping.steps.isEmpty ? value.drop { " \t\r\n".utf8.contains($0) } : value, into: &batch)
            } catch {
                throw error.at(["wrapper": wrapping.value.text])
            }
        }
        wrappers.removeAll()
    }

    private func read(_ value: ArraySlice<UInt8>, into batch: inout RawBatch) throws(Fault) {
        // A text within a document is UTF-8 by now, whatever its own declaration says; encoded bytes are as they were.
        let hint = wrapping.steps.isEmpty ? CharsetHint(setting: "UTF-8") : CharsetHint()
        let parser = try makeParser(inner, page: page, charset: hint, recordsBefore: found.recordCount)
        try Opening(wrapping.steps, limits: inner.limits).open(value) { bytes throws(Fault) in
            try parser.feed(bytes, into: &batch)
        }
        let values = try parser.finish(into: &batch)
        for (slot, place) in innerPlaces.enumerated() {
            if let place, let value = values[place], !found.isSet(slot: slot) { found.set(slot: slot, value) }
        }
        found.hasRecords = found.hasRecords || values.hasRecords
        found.recordCount = values.recordCount
    }
}
