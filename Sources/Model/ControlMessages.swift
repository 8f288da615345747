/// What a command asks of the daemon over its socket: `POST /control/{verb}` with one of these bodies as JSON.
///
/// An answer is the JSON of the type named beside the verb; `sync` answers one `RunProgress` a line while it goes on. A
/// fault is a ``FaultDocument``; that of a run stands in its outcome.
public enum ControlVerb: String, Sendable, Codable, CaseIterable {
    /// ``ControlSync`` → lines of `RunProgress`.
    case sync
    /// ``ControlDecision`` → `Run`.
    case publish, discard, cancel
    /// ``ControlQuarantine`` → ``ControlDone``.
    case replay, dismiss
    /// ``ControlRegistration`` → ``ControlRegistered``.
    case register
    /// ``ControlPause`` → ``ControlDone``.
    case pause, resume
    /// ``ControlNothing`` → `ExchangeStatus.CatalogueHealth`.
    case reload
    /// ``ControlNothing`` → `ExchangeStatus`.
    case status

    /// Where the verb is posted.
    public var path: String { "/control/\(rawValue)" }
}

/// Run entries now.
public struct ControlSync: Sendable, Codable, Equatable {
    /// Names of entries; empty for all that are registered and not paused.
    public var entries: [String]
    public var trigger: Run.Trigger
    /// Whether entries that deliver deltas are asked for everything.
    public var isSnapshot: Bool?

    public init(entries: [String], trigger: Run.Trigger = .command, isSnapshot: Bool? = nil) {
        self.entries = entries
        self.trigger = trigger
        self.isSnapshot = isSnapshot
    }
}

/// Publish or discard a held run, or cancel one under way.
public struct ControlDecision: Sendable, Codable, Equatable {
    public var run: Int64
    public var who: String
    public var reason: String

    public init(run: Int64, who: String, reason: String) {
        self.run = run
        self.who = who
        self.reason = reason
    }
}

/// Replay or dismiss records of the quarantine.
public struct ControlQuarantine: Sendable, Codable, Equatable {
    /// Numbers of quarantined records; empty for all open ones of the entry.
    public var numbers: [Int64]
    /// Required where no numbers are given.
    public var entry: String?
    public var who: String
    public var reason: String

    public init(numbers: [Int64], entry: String? = nil, who: String, reason: String) {
        self.numbers = numbers
        self.entry = entry
        self.who = who
        self.reason = reason
    }
}

/// Store a version of an entry.
public struct ControlRegistration: Sendable, Codable, Equatable {
    /// The entry's YAML.
    public var text: String
    /// Where it was read from, for messages.
    public var file: String
    public var who: String
    public var reason: String

    public init(text: String, file: String, who: String, reason: String) {
        self.text = text
        self.file = file
        self.who = who
        self.reason = reason
    }
}

/// Stop or start an entry's schedule.
public struct ControlPause: Sendable, Codable, Equatable {
    public var entry: String
    public var who: String
    public var reason: String

    public init(entry: String, who: String, reason: String) {
        self.entry = entry
        self.who = who
        self.reason = reason
    }
}

/// The body of verbs that need none.
public struct ControlNothing: Sendable, Codable, Equatable {
    public init() {}
}

/// Which version of an entry is registered now.
public struct ControlRegistered: Sendable, Codable, Equatable {
    public var entry: String
    public var version: Int
    /// Whether the text was registered before, and nothing changed.
    public var isUnchanged: Bool

    public init(entry: String, version: Int, isUnchanged: Bool) {
        self.entry = entry
        self.version = version
        self.isUnchanged = isUnchanged
    }
}

/// What a verb did that has nothing more to say.
public struct ControlDone: Sendable, Codable, Equatable {
    /// How many things it was done to.
    public var count: Int
    /// How many were left as they were, for example records that failed again when replayed.
    public var left: Int

    public init(count: Int = 1, left: Int = 0) {
        self.count = count
        self.left = left
    }
}
