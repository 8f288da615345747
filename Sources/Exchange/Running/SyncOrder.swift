import Model

/// Which entry is to be run, and why.
public struct SyncOrder: Sendable, Equatable {
    public var entry: String
    public var trigger: Run.Trigger
    /// True asks an entry that delivers changes for everything.
    public var isSnapshot: Bool?

    public init(entry: String, trigger: Run.Trigger, isSnapshot: Bool? = nil) {
        self.entry = entry
        self.trigger = trigger
        self.isSnapshot = isSnapshot
    }
}
