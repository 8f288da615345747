import Model

/// A refused record with its place in the quarantine.
public struct QuarantinedRecord: Sendable, Codable, Equatable {
    public enum State: String, Sendable, Codable, CaseIterable {
        case open, replayed, dismissed
        /// The source sent the record again, and it passed or is gone.
        case resolved
    }
    public var number: Int64
    public var entry: String
    public var run: Int64
    public var refusal: Refusal
    public var state: State
    public var at: String
    public var who: String?
    public var reason: String?

    public init(
        number: Int64, entry: String, run: Int64, refusal: Refusal, state: State, at: String, who: String? = nil,
        reason: String? = nil
    ) {
        self.number = number
        self.entry = entry
        self.run = run
        self.refusal = refusal
        self.state = state
        self.at = at
        self.who = who
        self.reason = reason
    }
}

/// Which refused records are meant.
public struct QuarantineQuery: Sendable {
    public var entries: [String]?
    public var state: QuarantinedRecord.State?
    public var limit: Int
    public var after: Int64

    public init(
        entries: [String]? = nil, state: QuarantinedRecord.State? = .open, limit: Int = 1_000, after: Int64 = 0
    ) {
        self.entries = entries
        self.state = state
        self.limit = limit
        self.after = after
    }
}

/// A finding of a record that is served, with the run that found it.
public struct RecordedFinding: Sendable, Codable, Equatable {
    public var id: String
    public var run: Int64
    public var locator: SourceLocator?
    public var finding: Finding

    public init(id: String, run: Int64, locator: SourceLocator?, finding: Finding) {
        self.id = id
        self.run = run
        self.locator = locator
        self.finding = finding
    }
}
