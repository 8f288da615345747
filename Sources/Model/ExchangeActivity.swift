/// What a process of the exchange has done since it began, for `/metrics`. Counts only grow.
public struct ExchangeActivity: Sendable, Equatable {
    /// Runs that ended, by entry.
    public var runs: [String: RunActivity]
    /// Requests to departments, by system, or by host and port of an address that belongs to none.
    public var systems: [String: SystemActivity]
    public var store: StoreActivity

    public init(
        runs: [String: RunActivity] = [:], systems: [String: SystemActivity] = [:],
        store: StoreActivity = StoreActivity()
    ) {
        self.runs = runs
        self.systems = systems
        self.store = store
    }
}

/// What an entry's runs came to.
public struct RunActivity: Sendable, Equatable {
    /// Runs by the state they ended in.
    public var ended: [Run.State: Int] = [:]
    /// Records by what became of them.
    public var records: [String: Int] = [:]
    /// Seconds by stage.
    public var seconds: [String: Double] = [:]

    public init() {}

    /// Adds a run that ended. What a held or failed run would have changed was not changed.
    public mutating func add(_ run: Run) {
        ended[run.state, default: 0] += 1
        let difference = run.difference
        var outcomes = ["read": difference.read, "refused": difference.refused]
        if run.state == .published {
            outcomes["added"] = difference.added
            outcomes["changed"] = difference.changed
            outcomes["removed"] = difference.removed
            outcomes["unchanged"] = difference.unchanged
        }
        records.merge(outcomes, uniquingKeysWith: +)
        seconds.merge(run.stages, uniquingKeysWith: +)
    }
}

/// What was asked of a system, and what it answered.
public struct SystemActivity: Sendable, Equatable {
    /// Every attempt, and every address that one was led on to.
    public var requests = 0
    /// Attempts after one that failed.
    public var retries = 0
    /// Answers worth reading: pages, documents, tokens.
    public var answers = 0
    /// Bytes of answers, unpacked.
    public var bytes = 0

    public init() {}
}

/// How the store is doing.
public struct StoreActivity: Sendable, Equatable {
    /// Transactions that wrote.
    public var commits = 0
    /// Seconds that the one writer was busy.
    public var busySeconds = 0.0
    /// Seconds that work waited for the writer.
    public var waitedSeconds = 0.0
    /// Work that waits for the writer now.
    public var waiting = 0
    /// Bytes of what is stored, and of the log that is not yet part of it.
    public var storedBytes: Int64 = 0
    public var loggedBytes: Int64 = 0
    /// Bytes that are free where it is stored; nil where the store does not know.
    public var freeBytes: Int64?

    public init() {}
}
