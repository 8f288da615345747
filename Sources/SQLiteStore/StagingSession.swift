import Foundation
import GRDB
import Model

/// What staging remembers of a run between its batches.
///
/// A value: a batch works on a copy, which replaces the original when its transaction is committed, so that memory never
/// knows more than the file. After a crash it is rebuilt from the file.
struct StagingSession: Sendable {
    var row: RunRow
    /// The table that a first load fills, or that the run compares with.
    let table: GenerationTable
    let isFirstLoad: Bool
    let isDelta: Bool
    /// Columns that the source gives: a constant says nothing of its quality.
    let givenColumns: [Int]
    /// Fields that say that a record was removed: those of records that are kept have no value.
    let removalMarks: Set<String>
    var seen = SeenRevisions()
    private var trail = Trail()
    /// The revision of the next row of a first load.
    var nextRevision: Int64

    /// Records that are staged, indexed and published in a few milliseconds.
    static let short = 2_000

    var isLong: Bool { row.run.difference.read > StagingSession.short || row.run.difference.served > 50_000 }

    init(_ row: RunRow, served: CollectionRow, entry: Entry, _ db: Database) throws {
        self.row = row
        givenColumns = entry.fields.indices.filter { !entry.fields[$0].source.paths.isEmpty }
        removalMarks = Self.removalMarks(entry)
        isDelta = if case .delta = entry.delivery { !row.run.isSnapshot } else { false }
        if let generation = row.generation {
            isFirstLoad = true
            table = GenerationTable(number: generation, collection: Collection(entry))
            let last = try Int64.fetchOne(db, sql: "SELECT max(_revision) FROM \(table.current)")
            nextRevision = (last ?? served.revision) + 1
        } else {
            guard let current = served.generation else {
                throw Fault(.defect, "a run compares with a collection that has no generation")
            }
            isFirstLoad = false
            table = current
            nextRevision = 0
            seen = try StagingSession.seen(by: row.run.number, db)
        }
        if self.row.filled.isEmpty { self.row.filled = Array(repeating: 0, count: table.collection.fields.count) }
    }

    private static func removalMarks(_ entry: Entry) -> Set<String> {
        guard case .delta(let delta) = entry.delivery, let removed = delta.removed else { return [] }
        return Set(entry.fields.filter { $0.source.paths.contains(removed.path) }.map(\.name))
    }

    /// What the batches staged so far have met.
    static func seen(by run: Int64, _ db: Database) throws -> SeenRevisions {
        var seen = SeenRevisions()
        let statement = try db.cachedStatement(sql: "SELECT revisions FROM seen WHERE run = ?")
        let blobs = try Data.fetchCursor(statement, arguments: [run])
        while let blob = try blobs.next() { seen.insert(blob) }
        return seen
    }

    /// Stores a batch and the position that follows it.
    mutating func stage(_ batch: RecordBatch, then position: Position, _ db: Database) throws {
        let isNew = isFirstLoad ? try load(batch, db) : try compare(batch, db)
        for finding in batch.findings where finding.record < batch.count {
            row.run.difference.findings += 1
            // Those of a record that is served as it came are known: they are part of what makes it the same.
            if isNew?[finding.record] ?? true { try stage(finding, of: batch, db) }
        }
        for refusal in batch.refusals { try stage(refusal, db) }
        countFilled(batch)
        row.counts.add(batch)
        row.run.difference.read += batch.count + batch.refusals.count
        row.run.difference.refused += batch.refusals.count
        row.position = position
        row.batches += 1
        try row.updateProgress(db)
    }

    /// A first load writes each row once, unindexed; what came twice is settled when the indexes are there.
    ///
    /// - Returns: nil, since all of it is new.
    private mutating func load(_ batch: RecordBatch, _ db: Database) throws -> [Bool]? {
        let statement = try db.cachedStatement(sql: insertion(into: table.current, leading: "_revision"))
        let binder = RowBinder(statement, run: row.run.number, table: table)
        try batch.bytes.withUnsafeBytes { bytes in
            for record in 0..<batch.count {
                let state: GenerationTable.RowState = batch.heads[record].isRemoved ? .removal : .good
                try binder.insert(record, of: batch, bytes: bytes, leading: nextRevision, state: state)
                nextRevision += 1
            }
        }
        return nil
    }

    /// A later run costs an unchanged record one look at an index.
    ///
    /// - Returns: which of the records were staged.
    private mutating func compare(_ batch: RecordBatch, _ db: Database) throws -> [Bool] {
        let statement = try db.cachedStatement(sql: insertion(into: table.staged, leading: "_base"))
        let binder = RowBinder(statement, run: row.run.number, table: table)
        let probe = try Probe(table, from: trail, db)
        var met: [Int64] = []
        met.reserveCapacity(batch.count)
        var isStaged = [Bool](repeating: false, count: batch.count)
        try batch.bytes.withUnsafeBytes { bytes in
            for record in 0..<batch.count {
                let head = batch.heads[record]
                let answer = try probe(UnsafeRawBufferPointer(rebasing: bytes[head.id]), head.hash)
                if let revision = answer.revision, !seen.insert(revision) {
                    guard try takesPlace(of: revision, record, of: batch, db) else { continue }
                } else if let revision = answer.revision {
                    met.append(revision)
                }
                switch answer {
                case .same where !head.isRemoved: row.run.difference.unchanged += 1
                case .same(let base), .other(let base):
                    try binder.insert(
                        record, of: batch, bytes: bytes, leading: base, state: head.isRemoved ? .removal : .good)
                    isStaged[record] = true
                case .unknown:
                    // Whether it came before is settled when all is staged: an index of what is new would cost more than all
                    // the rest. A removal may be of what came before.
                    try binder.insert(
                        record, of: batch, bytes: bytes, leading: nil, state: head.isRemoved ? .removal : .good)
                    isStaged[record] = true
                }
            }
        }
        trail = probe.trail
        if !met.isEmpty {
            try db.executeAgain(
                sql: "INSERT INTO seen VALUES (?, ?, ?)",
                arguments: [row.run.number, row.batches, SeenRevisions.data(met)])
        }
        return isStaged
    }

    /// What becomes of a record whose key the run has met: in a snapshot the first stays and the others are findings; in a
    /// delta the last wins.
    private mutating func takesPlace(
        of revision: Int64, _ record: Int, of batch: RecordBatch, _ db: Database
    ) throws -> Bool {
        row.run.difference.duplicates += 1
        if isDelta {
            let statement = try db.cachedStatement(sql: "DELETE FROM \(table.staged) WHERE _base = ? AND _run = ?")
            try statement.execute(arguments: [revision, row.run.number])
            return true
        }
        try StagingSession.insert(
            DuplicateKey.finding, of: batch.id(record), at: batch.heads[record].locator, run: row.run.number, db)
        row.run.difference.findings += 1
        return false
    }

    private func stage(_ finding: Finding, of batch: RecordBatch, _ db: Database) throws {
        try StagingSession.insert(
            finding, of: batch.id(finding.record), at: batch.heads[finding.record].locator, run: row.run.number, db)
    }

    static func insert(
        _ finding: Finding, of id: String, at locator: SourceLocator, run: Int64, _ db: Database
    ) throws {
        let statement = try db.cachedStatement(sql: "INSERT INTO staged_findings VALUES (?, ?, ?, ?, ?, ?)")
        try statement.execute(
            arguments: [run, id, finding.rule, locator.page, locator.record, try json(finding)])
    }

    /// A refused record counts as seen: what is published under its key is not removed.
    private mutating func stage(_ refusal: Refusal, _ db: Database) throws {
        // Tells whether it is the record that is in quarantine already.
        var raw = Fingerprint()
        raw.add(refusal.raw.utf8)
        try db.execute(
            sql: "INSERT INTO staged_refusals VALUES (?, ?, ?, ?)",
            arguments: [row.run.number, refusal.id, raw.text, try json(refusal)])
        row.run.difference.findings += refusal.findings.count
        guard let id = refusal.id else {
            row.run.difference.unidentified += 1
            return
        }
        guard !isFirstLoad else { return }
        let statement = try db.cachedStatement(sql: "SELECT _revision FROM \(table.current) WHERE _id = ?")
        guard let revision = try Int64.fetchOne(statement, arguments: [id]), seen.insert(revision) else { return }
        row.batches += 1
        try db.execute(
            sql: "INSERT INTO seen VALUES (?, ?, ?)",
            arguments: [row.run.number, row.batches, SeenRevisions.data([revision])])
    }

    private mutating func countFilled(_ batch: RecordBatch) {
        row.filled.withUnsafeMutableBufferPointer { filled in
            for record in 0..<batch.count where !batch.heads[record].isRemoved {
                for column in 0..<batch.columns where batch.cell(record, column).kind != .null { filled[column] += 1 }
            }
        }
    }

    private func insertion(into name: String, leading: String) -> String {
        let marks = Array(repeating: "?", count: table.columns.count + 1).joined(separator: ", ")
        return "INSERT INTO \(name) (\(leading), \(table.columns.joined(separator: ", "))) VALUES (\(marks))"
    }
}

/// What is found where a snapshot brings one key twice.
enum DuplicateKey {
    static let rule = "record.duplicate"

    /// A snapshot says anew which keys it brings twice. By an index of these findings only, which are few.
    static func forget(in collection: String, _ db: Database) throws {
        try db.executeAgain(
            sql: "DELETE FROM findings WHERE collection = ? AND rule = '\(rule)'", arguments: [collection])
    }

    static let finding = Finding(
        field: "", rule: rule, severity: .warning,
        message: "another record of this run has the same key; the first one was kept")
}
