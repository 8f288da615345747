/// One fetch of one entry, from first request to publication (同步批次).
public struct Run: Sendable, Codable, Equatable {
    public enum State: String, Sendable, Codable, CaseIterable {
        case queued, fetching, judging, published, held, failed, cancelled

        /// Whether nothing more will happen by itself.
        public var isOver: Bool {
            switch self {
            case .published, .held, .failed, .cancelled: true
            case .queued, .fetching, .judging: false
            }
        }
    }

    /// Why it started.
    public enum Trigger: String, Sendable, Codable {
        case schedule, command, registration, reconcile, replay
        case catchUp = "catch-up"
    }

    public var number: Int64
    public var entry: String
    /// The registered version of the entry that it runs.
    public var version: Int
    public var state: State
    public var trigger: Trigger
    /// Whether what is absent counts as removed.
    public var isSnapshot: Bool
    /// RFC 3339.
    public var startedAt: String
    public var endedAt: String?
    public var difference: Difference
    public var fault: Fault?
    /// The delivery that it reads, by its marker's name; nil where nothing is delivered.
    public var delivery: String?
    /// Why it was held, one sentence each.
    public var reasons: [String]
    /// Seconds spent in each stage: fetch, parse, normalise, stage, judge, index, publish.
    public var stages: [String: Double]
    /// Who decided on a held run, and why.
    public var decision: Decision?
    /// How good what it read is; nil until all of it is read.
    public var quality: Quality?

    public struct Decision: Sendable, Codable, Equatable {
        public var verb: String
        public var who: String
        public var reason: String
        public var at: String

        public init(verb: String, who: String, reason: String, at: String) {
            self.verb = verb
            self.who = who
            self.reason = reason
            self.at = at
        }
    }

    public init(
        number: Int64, entry: String, version: Int, state: State = .queued, trigger: Trigger = .command,
        isSnapshot: Bool = true, startedAt: String, endedAt: String? = nil, difference: Difference = Difference(),
        fault: Fault? = nil, reasons: [String] = [], stages: [String: Double] = [:], decision: Decision? = nil,
        quality: Quality? = nil
    ) {
        self.number = number
        self.entry = entry
        self.version = version
        self.state = state
        self.trigger = trigger
        self.isSnapshot = isSnapshot
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.difference = difference
        self.fault = fault
        self.reasons = reasons
        self.stages = stages
        self.decision = decision
        self.quality = quality
    }
}

/// What a run would change, or changed.
public struct Difference: Sendable, Codable, Equatable {
    /// Records read, whatever became of them.
    public var read = 0
    public var added = 0
    public var changed = 0
    public var removed = 0
    public var unchanged = 0
    public var refused = 0
    /// Records under a key that the run had already brought.
    public var duplicates = 0
    public var findings = 0
    /// Records that were served before the run.
    public var served = 0
    /// Refused records whose key could not be read: then the run removes nothing.
    public var unidentified = 0
    /// Fields that had values before and have none now.
    public var vanished: [String] = []
    /// Fields that were read for the first time, and that no record has a value for.
    public var unfilled: [String]?

    public init() {}
}

/// How far a run has come: stored with each batch, so that it resumes there.
public struct Position: Sendable, Codable, Equatable {
    /// The page that the next record is on, counted from 1.
    public var page: Int
    /// Records of that page that are already staged.
    public var record: Int
    /// What the adapter needs to ask for that page (page number, cursor …), as it wrote it.
    public var token: String?
    /// The total that the source promised, once it did.
    public var promised: Int?
    /// The greatest value of the delta's field so far, in normal form.
    public var since: String?
    /// The delivery that is read, for people.
    public var delivery: String?

    public init(
        page: Int = 1, record: Int = 0, token: String? = nil, promised: Int? = nil, since: String? = nil,
        delivery: String? = nil
    ) {
        self.delivery = delivery
        self.page = page
        self.record = record
        self.token = token
        self.promised = promised
        self.since = since
    }
}

/// How far the source is known: moves only inside a publication.
public struct Watermark: Sendable, Codable, Equatable {
    /// The greatest value of the delta's field.
    public var since: String?
    public var etag: String?
    public var lastModified: String?
    /// The version of the entry under which the validators were received: an entry that changed asks for everything.
    public var version: Int?
    /// What a source that keeps its own state said of it last: a program's state, the deliveries read from a folder.
    public var state: String?

    public init(
        since: String? = nil, etag: String? = nil, lastModified: String? = nil, version: Int? = nil,
        state: String? = nil
    ) {
        self.since = since
        self.etag = etag
        self.lastModified = lastModified
        self.version = version
        self.state = state
    }
}
