/// How the exchange is doing: what `huitong status` and `/status` show.
public struct ExchangeStatus: Sendable, Codable, Equatable {
    public var version: String
    /// RFC 3339; when the daemon started, nil where none runs.
    public var startedAt: String?
    public var catalogue: CatalogueHealth
    public var entries: [EntryStatus]
    public var subjects: [SubjectStatus]
    /// Runs under way or waiting for their turn.
    public var running: [Run]
    /// Systems whose last attempts failed.
    public var circuits: [CircuitStatus]
    /// What is wrong now, the gravest first; empty where all is well.
    public var troubles: [Trouble]

    public init(
        version: String, startedAt: String?, catalogue: CatalogueHealth, entries: [EntryStatus],
        subjects: [SubjectStatus] = [], running: [Run], circuits: [CircuitStatus] = [],
        troubles: [Trouble] = []
    ) {
        self.version = version
        self.startedAt = startedAt
        self.catalogue = catalogue
        self.entries = entries
        self.subjects = subjects
        self.running = running
        self.circuits = circuits
        self.troubles = troubles
    }

    /// Whether the files are what is running.
    public struct CatalogueHealth: Sendable, Codable, Equatable {
        public var loadedAt: String?
        /// Mistakes in the files as they are now, `file:line:column: what`; the last good version keeps running.
        public var problems: [String]
        /// RFC 3339; when mistakes were first seen; nil while there are none.
        public var problemsSince: String?

        public init(loadedAt: String?, problems: [String], problemsSince: String? = nil) {
            self.loadedAt = loadedAt
            self.problems = problems
            self.problemsSince = problemsSince
        }
    }

    /// One entry's freshness and last runs.
    public struct EntryStatus: Sendable, Codable, Equatable {
        public var entry: String
        public var title: String
        public var department: String
        public var isPaused: Bool
        public var records: Int64
        public var lastRun: Run?
        public var lastPublished: String?
        public var nextStart: String?
        /// Whether the last publication is younger than the update cycle asks for; nil where the cycle sets no term.
        public var isFresh: Bool?
        /// RFC 3339; when the update cycle's term ran out; nil while it is kept, and where nothing was ever published.
        public var staleSince: String?
        public var quarantined: Int64
        /// How good what is served is; see `docs/quality.md`.
        public var quality: Quality

        public init(
            entry: String, title: String, department: String, isPaused: Bool, records: Int64, lastRun: Run?,
            lastPublished: String?, nextStart: String?, isFresh: Bool?, staleSince: String? = nil, quarantined: Int64,
            quality: Quality = Quality()
        ) {
            self.entry = entry
            self.title = title
            self.department = department
            self.isPaused = isPaused
            self.records = records
            self.lastRun = lastRun
            self.lastPublished = lastPublished
            self.nextStart = nextStart
            self.isFresh = isFresh
            self.staleSince = staleSince
            self.quarantined = quarantined
            self.quality = quality
        }
    }

    /// One subject, as far as it can be measured.
    public struct SubjectStatus: Sendable, Codable, Equatable {
        public var subject: String
        public var title: String
        public var records: Int64
        public var lastPublished: String?
        public var quality: Quality

        public init(subject: String, title: String, records: Int64, lastPublished: String?, quality: Quality) {
            self.subject = subject
            self.title = title
            self.records = records
            self.lastPublished = lastPublished
            self.quality = quality
        }
    }
}

/// One step of a run, as it happens.
public struct RunProgress: Sendable, Codable, Equatable {
    public var run: Int64
    public var entry: String
    public var state: Run.State
    public var page: Int
    public var records: Int
    /// The total that the source promised.
    public var promised: Int?
    /// The run as it ended; nil while it goes on.
    public var outcome: Run?

    public init(
        run: Int64, entry: String, state: Run.State, page: Int = 0, records: Int = 0, promised: Int? = nil,
        outcome: Run? = nil
    ) {
        self.run = run
        self.entry = entry
        self.state = state
        self.page = page
        self.records = records
        self.promised = promised
        self.outcome = outcome
    }
}
