/// The catalogue's description of one dataset: its fields, source, schedule and terms of sharing (目录条目).
public struct Entry: Sendable, Codable, Equatable {
    /// ASCII kebab-case; also the id of the collection it is served as.
    public var name: String
    /// 分类码/顺序码, assigned by the centre.
    public var code: String?
    public var title: String
    public var titleEnglish: String?
    public var summary: String
    public var department: String
    public var categories: [String]
    public var update: UpdateCycle
    /// 数据分级 of the dataset, 1–5.
    public var grade: Int
    public var share: Share
    public var isOpen: Bool
    public var source: Source
    public var schedule: Schedule?
    public var delivery: Delivery
    public var limits: Guard
    /// Names of the fields that identify a record, in order.
    public var key: [String]
    public var fields: [Field]

    public init(
        name: String, code: String? = nil, title: String, titleEnglish: String? = nil, summary: String = "",
        department: String, categories: [String] = [], update: UpdateCycle = .irregular, grade: Int = 1,
        share: Share = Share(), isOpen: Bool = false, source: Source, schedule: Schedule? = nil,
        delivery: Delivery = .snapshot, limits: Guard = Guard(), key: [String], fields: [Field]
    ) {
        self.name = name
        self.code = code
        self.title = title
        self.titleEnglish = titleEnglish
        self.summary = summary
        self.department = department
        self.categories = categories
        self.update = update
        self.grade = grade
        self.share = share
        self.isOpen = isOpen
        self.source = source
        self.schedule = schedule
        self.delivery = delivery
        self.limits = limits
        self.key = key
        self.fields = fields
    }

    /// The paths that a parser reads from each record, without repetition: those of the fields in their order, then
    /// the one that says a record was removed. They are the columns of the entry's `RawBatch`.
    public var readPaths: [String] {
        var paths: [String] = []
        for path in fields.flatMap(\.source.paths) where !paths.contains(path) { paths.append(path) }
        if case .delta(let delta) = delivery, let removed = delta.removed, !paths.contains(removed.path) {
            paths.append(removed.path)
        }
        return paths
    }

    /// 更新周期.
    public enum UpdateCycle: String, Sendable, Codable, CaseIterable {
        case realtime, daily, weekly, monthly, quarterly, yearly, irregular, historical
        case halfYearly = "half-yearly"
    }

    /// 共享属性: who may have it, under which condition, and by which law not.
    public struct Share: Sendable, Codable, Equatable {
        public enum Kind: String, Sendable, Codable, CaseIterable {
            case unconditional, conditional, withheld
        }
        public var type: Kind
        public var condition: String?
        public var scope: String?
        public var basis: String?
        public var uses: [String]
        public var methods: [String]

        public init(
            type: Kind = .conditional, condition: String? = nil, scope: String? = nil, basis: String? = nil,
            uses: [String] = [], methods: [String] = []
        ) {
            self.type = type
            self.condition = condition
            self.scope = scope
            self.basis = basis
            self.uses = uses
            self.methods = methods
        }
    }

    /// Which system is asked, by which adapter, with which parameters.
    public struct Source: Sendable, Codable, Equatable {
        public var system: String
        public var adapter: String
        /// Parameters as the adapter's manifest declares them.
        public var parameters: [String: ParameterValue]

        public init(system: String, adapter: String, parameters: [String: ParameterValue] = [:]) {
            self.system = system
            self.adapter = adapter
            self.parameters = parameters
        }
    }

    /// What one answer of the source means.
    public enum Delivery: Sendable, Codable, Equatable {
        /// All records: what is absent was removed.
        case snapshot
        /// What changed: nothing is removed by being absent.
        case delta(Delta)
    }

    /// How a source is asked for changes only.
    public struct Delta: Sendable, Codable, Equatable {
        /// The request's parameter that takes the time of the last change we have.
        public var parameter: String
        /// The field whose greatest value is that time.
        public var field: String
        /// Seconds asked for again, because sources commit late.
        public var lookBack: Double
        /// A path in the record and its values that say the record was removed.
        public var removed: Removal?
        /// Cron of a full snapshot, for what deltas miss.
        public var reconcile: CronExpression?

        public struct Removal: Sendable, Codable, Equatable {
            public var path: String
            public var values: [String]

            public init(path: String, values: [String]) {
                self.path = path
                self.values = values
            }
        }

        public init(
            parameter: String, field: String, lookBack: Double = 0, removed: Removal? = nil,
            reconcile: CronExpression? = nil
        ) {
            self.parameter = parameter
            self.field = field
            self.lookBack = lookBack
            self.removed = removed
            self.reconcile = reconcile
        }
    }

    /// When a run starts by itself.
    public struct Schedule: Sendable, Codable, Equatable {
        public enum Overlap: String, Sendable, Codable, CaseIterable {
            case skip
            case bufferOne = "buffer-one"
        }
        public var cron: CronExpression
        /// IANA name.
        public var timeZone: String
        /// Seconds: a run starts up to this much later, so that not all start at once.
        public var jitter: Double
        public var overlap: Overlap
        /// Seconds: a start missed by a downtime no longer than this is made up for, once.
        public var catchUp: Double

        public init(
            cron: CronExpression, timeZone: String = "Asia/Shanghai", jitter: Double = 0, overlap: Overlap = .skip,
            catchUp: Double = 0
        ) {
            self.cron = cron
            self.timeZone = timeZone
            self.jitter = jitter
            self.overlap = overlap
            self.catchUp = catchUp
        }
    }

    /// How far a run may differ from what is served before a person has to look; shares of one.
    public struct Guard: Sendable, Codable, Equatable {
        public var removed: Double
        public var refused: Double
        public var changed: Double

        public init(removed: Double = 0.05, refused: Double = 0.01, changed: Double = 0.5) {
            self.removed = removed
            self.refused = refused
            self.changed = changed
        }
    }
}

/// A value of an adapter's parameter.
public enum ParameterValue: Sendable, Codable, Equatable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([String])
    case pairs([String: String])
}
