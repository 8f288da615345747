/// What the quality of a run or a collection is computed from: counts that are kept while records are staged and
/// published, so that asking for it reads no record.
public struct QualityTally: Sendable, Codable, Equatable {
    /// Values that the entry declares: a field of a record that was kept, or one that a refused record lacked.
    public var declared = 0
    /// Those of them that are there.
    public var present = 0
    /// Those that are there with a reservation: a code that has expired, a value that its check does not bear out.
    public var doubtful = 0
    /// Values that were sent and could not be read, those of refused records included.
    public var unreadable = 0
    /// Records that a snapshot brought under a key that can be read.
    public var records = 0
    /// Those whose key an earlier record of the same run had.
    public var repeated = 0
    /// Values of a subject that two sources have, and those in which they agree.
    public var compared = 0
    public var agreed = 0
    /// Publications that were due by the update cycle, and those that came in time.
    public var due = 0
    public var timely = 0
    /// When the source was last published, in seconds since 1970.
    public var deliveredAt: Double?

    public init() {}

    /// The dimensions, as they are by these counts.
    public var quality: Quality {
        Quality(
            completeness: .init(present, of: declared),
            validity: .init(present - doubtful, of: present + unreadable),
            uniqueness: .init(records - repeated, of: records),
            consistency: .init(agreed, of: compared),
            timeliness: .init(timely, of: due))
    }

    /// The same for a collection at a time: what is served now is one more publication that is in time or late.
    ///
    /// - Parameters:
    ///   - seconds: since 1970.
    ///   - term: seconds within which a publication is to follow another; nil where the cycle sets none.
    public func quality(at seconds: Double, term: Double?) -> Quality {
        var copy = self
        copy.deliver(at: seconds, term: term)
        return copy.quality
    }

    /// Counts a publication, by the time since the one before: in time, or late by as many terms as passed without one.
    public mutating func deliver(at seconds: Double, term: Double?) {
        defer { deliveredAt = seconds }
        guard let deliveredAt, let term else { return }
        let gap = seconds - deliveredAt
        due += gap <= term ? 1 : max(1, Int(gap / term))
        timely += gap <= term ? 1 : 0
    }

    /// Takes in what a run counted of its records: instead of what was known where it brought all of them, else beside it.
    public mutating func take(_ run: QualityTally, isWhole: Bool) {
        if isWhole { (declared, present, doubtful, unreadable, records, repeated) = (0, 0, 0, 0, 0, 0) }
        declared += run.declared
        present += run.present
        doubtful += run.doubtful
        unreadable += run.unreadable
        records += run.records
        repeated += run.repeated
    }
}
