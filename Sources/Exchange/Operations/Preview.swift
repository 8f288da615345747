import AdapterEngine
import Model
import Normalizing
import Store

/// A few records of a source, raw beside normal.
public struct Preview: Sendable, Codable, Equatable {
    public struct Record: Sendable, Codable, Equatable {
        public var locator: SourceLocator
        /// Values as they were sent, by path, in the order they are read.
        public var raw: [Value]
        /// Values in normal form, by field; empty where the record was refused.
        public var normal: [Value]
        public var findings: [Finding]
        public var isRefused: Bool
        public var isRemoved: Bool
    }

    public struct Value: Sendable, Codable, Equatable {
        public var name: String
        public var value: String?
    }

    public var entry: String
    public var records: [Record]
    /// Records on the page that was read.
    public var read: Int
    /// The total that the source promised.
    public var promised: Int?
    /// What a program that gave no records said last; nil where there is nothing to say.
    public var said: [String]?
}

extension Operations {
    /// Reads one page of an entry's source and normalises it; nothing is written.
    ///
    /// - Parameter limit: records to show at most.
    public func preview(_ entry: Entry, records limit: Int) async throws(Fault) -> Preview {
        let plan = try facilities.plan(entry, watermark: try? await store.watermark(of: entry.name))
        var normalizer = try await facilities.normalizer(of: entry)
        let paths = entry.readPaths
        var preview = Preview(entry: entry.name, records: [], read: 0)
        let reading = SourceReading(
            pagesAtMost: 1, scratch: facilities.scratch, now: facilities.now, programs: facilities.programs)
        let summary = try await reading.read(plan, from: Position(), send: facilities.send) {
            raw, _ throws(Fault) in
            preview.read += raw.count
            guard preview.records.count < limit else { return }
            var batch = RecordBatch(columns: entry.fields.count)
            normalizer.normalize(raw, into: &batch)
            preview.append(raw, batch, paths: paths, fields: entry.fields.map(\.name), limit: limit)
        }
        preview.promised = summary.promised
        preview.said = summary.said.isEmpty ? nil : summary.said
        return preview
    }
}

extension Preview {
    fileprivate mutating func append(
        _ raw: RawBatch, _ batch: RecordBatch, paths: [String], fields: [String], limit: Int
    ) {
        let kept = Dictionary(
            batch.heads.enumerated().map { ($1.locator, $0) }, uniquingKeysWith: { first, _ in first })
        let refused = Dictionary(batch.refusals.map { ($0.locator, $0) }, uniquingKeysWith: { first, _ in first })
        for index in 0..<raw.count where records.count < limit {
            let locator = raw.locators[index]
            let row = kept[locator]
            records.append(
                Record(
                    locator: locator,
                    raw: paths.enumerated().map { Value(name: $1, value: raw.string(index, $0)) },
                    normal: row.map { row in
                        fields.enumerated().map { Value(name: $1, value: batch.string(row, $0)) }
                    } ?? [],
                    findings: refused[locator]?.findings ?? batch.findings.filter { $0.record == row },
                    isRefused: refused[locator] != nil,
                    isRemoved: row.map { batch.heads[$0].isRemoved } ?? false))
        }
    }
}
