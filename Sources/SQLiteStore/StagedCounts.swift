import Model

/// What staging counts for the quality of a run, batch by batch, kept with the run's position.
struct StagedCounts: Codable, Equatable {
    /// Records that were kept, without those that say that one was removed.
    var records = 0
    /// Required values that refused records lacked.
    var missing = 0
    /// Values that were kept with a reservation.
    var doubtful = 0
    /// Values that were sent and could not be read.
    var unreadable = 0

    /// Counts the findings of a batch: one for each value, however much is wrong with it.
    mutating func add(_ batch: borrowing RecordBatch) {
        for head in batch.heads where !head.isRemoved { records += 1 }
        var last: (record: Int, field: String)?
        for finding in batch.findings where !finding.field.isEmpty {
            if let last, last == (finding.record, finding.field) { continue }
            last = (finding.record, finding.field)
            if finding.severity == .warning { doubtful += 1 } else if !finding.isOfMissing { unreadable += 1 }
        }
        for refusal in batch.refusals {
            var fields: Set<String> = []
            for finding in refusal.findings where !finding.field.isEmpty && fields.insert(finding.field).inserted {
                if finding.isOfMissing { missing += 1 } else { unreadable += 1 }
            }
        }
    }

    /// The counts of a run that is complete.
    ///
    /// - Parameters:
    ///   - filled: how many records had a value, for each field that the source gives.
    ///   - repeated: records under a key that the run had already brought; nil where a later one is meant to replace
    ///     an earlier.
    func tally(filled: [Int], repeated: Int?) -> QualityTally {
        var tally = QualityTally()
        tally.declared = records * filled.count + missing
        tally.present = filled.reduce(0, +)
        tally.doubtful = doubtful
        tally.unreadable = unreadable
        if let repeated {
            tally.records = records
            tally.repeated = repeated
        }
        return tally
    }
}

extension Finding {
    /// Whether there was no value, so that none can be wrong.
    var isOfMissing: Bool { rule.hasSuffix(".missing") }
}
