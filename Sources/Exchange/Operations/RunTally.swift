import Model
import Synchronization

/// Counts the runs that ended in this process.
public final class RunTally: Sendable {
    private let entries = Mutex<[String: RunActivity]>([:])

    public init() {}

    public func add(_ run: Run) {
        entries.withLock { $0[run.entry, default: RunActivity()].add(run) }
    }

    /// By entry.
    public var runs: [String: RunActivity] { entries.withLock { $0 } }
}
