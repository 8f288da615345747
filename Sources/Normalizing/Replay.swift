import Model

extension Normalizer {
    /// The raw batch of a refused record, to be normalised again after the entry or a list was mended.
    ///
    /// - Parameters:
    ///   - json: the `raw` of a `Refusal`; paths that the entry reads no longer are passed over.
    ///   - locator: where the record was read.
    /// - Throws: `store.corrupt` for a text that no refusal has.
    public func replay(raw json: String, at locator: SourceLocator) throws(Fault) -> RawBatch {
        do {
            return try RawText.batch(Array(json.utf8), paths: paths, locator: locator)
        } catch {
            throw Fault(
                .storeCorrupt, "a quarantined record of \(entry.name) cannot be read",
                advice: "Dismiss it and run the entry again.", context: ["record": "\(locator.record)"])
        }
    }

    /// The greatest value of a column, for a watermark; nil where the column has none.
    public static func greatest(column: Int, in batch: RecordBatch) -> String? {
        var greatest: (record: Int, cell: RecordBatch.Cell)?
        for record in 0..<batch.count {
            let cell = batch.cell(record, column)
            guard cell.kind != .null else { continue }
            guard let best = greatest else {
                greatest = (record, cell)
                continue
            }
            if isGreater(cell, than: best.cell, in: batch) { greatest = (record, cell) }
        }
        return greatest.flatMap { batch.string($0.record, column) }
    }

    private static func isGreater(
        _ cell: RecordBatch.Cell, than other: RecordBatch.Cell, in batch: RecordBatch
    ) -> Bool {
        guard cell.kind != .integer else { return cell.integer > other.integer }
        return batch.bytes[other.range].lexicographicallyPrecedes(batch.bytes[cell.range])
    }
}
