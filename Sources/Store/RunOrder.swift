import Model

/// What a run is asked to do.
public struct RunOrder: Sendable {
    public var entry: String
    public var trigger: Run.Trigger
    /// Whether the whole source is read, so that what is absent was removed.
    public var isSnapshot: Bool
    /// The digest of the field rules: where it changed, every record may change without a department having done it.
    public var rules: String

    public init(entry: String, trigger: Run.Trigger, isSnapshot: Bool, rules: String) {
        self.entry = entry
        self.trigger = trigger
        self.isSnapshot = isSnapshot
        self.rules = rules
    }
}

/// A run under way: what the pipeline needs to stage into it.
public struct RunTicket: Sendable {
    public var run: Run
    public var entry: Entry
    /// Where fetching starts: the beginning, or where an interrupted run stopped.
    public var position: Position
    public var watermark: Watermark?
    /// Records go into a new, invisible generation: a first load, or fields whose type or key changed.
    public var isFirstLoad: Bool
    /// Nothing is served yet: guards do not apply.
    public var isEmpty: Bool
    /// The field rules are other than those of what is served.
    public var hasNewRules: Bool

    public init(
        run: Run, entry: Entry, position: Position, watermark: Watermark?, isFirstLoad: Bool, isEmpty: Bool,
        hasNewRules: Bool
    ) {
        self.run = run
        self.entry = entry
        self.position = position
        self.watermark = watermark
        self.isFirstLoad = isFirstLoad
        self.isEmpty = isEmpty
        self.hasNewRules = hasNewRules
    }
}

/// One registered version of an entry.
public struct Registration: Sendable, Codable, Equatable {
    public var entry: Entry
    public var version: Int
    /// The YAML it was read from.
    public var text: String
    public var who: String
    public var reason: String
    /// RFC 3339.
    public var at: String
    public var isPaused: Bool

    public init(
        entry: Entry, version: Int, text: String, who: String, reason: String, at: String, isPaused: Bool
    ) {
        self.entry = entry
        self.version = version
        self.text = text
        self.who = who
        self.reason = reason
        self.at = at
        self.isPaused = isPaused
    }
}
