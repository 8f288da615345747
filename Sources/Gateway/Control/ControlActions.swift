import Model

/// What the daemon does when a command asks it to, one closure a verb.
public struct ControlActions: Sendable {
    /// Starts runs and tells their progress; the last step of each run carries its outcome.
    public var sync: @Sendable (ControlSync) async throws(Fault) -> AsyncStream<RunProgress>
    /// Publishes a held run.
    public var publish: @Sendable (ControlDecision) async throws(Fault) -> Run
    /// Discards a held run.
    public var discard: @Sendable (ControlDecision) async throws(Fault) -> Run
    /// Stops a run under way.
    public var cancel: @Sendable (ControlDecision) async throws(Fault) -> Run
    /// Judges quarantined records anew and publishes those that pass.
    public var replay: @Sendable (ControlQuarantine) async throws(Fault) -> ControlDone
    /// Closes quarantined records without publishing them.
    public var dismiss: @Sendable (ControlQuarantine) async throws(Fault) -> ControlDone
    /// Stores a version of an entry.
    public var register: @Sendable (ControlRegistration) async throws(Fault) -> ControlRegistered
    /// Stops an entry's schedule.
    public var pause: @Sendable (ControlPause) async throws(Fault) -> ControlDone
    /// Starts an entry's schedule again.
    public var resume: @Sendable (ControlPause) async throws(Fault) -> ControlDone
    /// Reads the catalogue's files anew.
    public var reload: @Sendable () async throws(Fault) -> ExchangeStatus.CatalogueHealth
    /// How the exchange is doing.
    public var status: @Sendable () async throws(Fault) -> ExchangeStatus

    public init(
        sync: @escaping @Sendable (ControlSync) async throws(Fault) -> AsyncStream<RunProgress>,
        publish: @escaping @Sendable (ControlDecision) async throws(Fault) -> Run,
        discard: @escaping @Sendable (ControlDecision) async throws(Fault) -> Run,
        cancel: @escaping @Sendable (ControlDecision) async throws(Fault) -> Run,
        replay: @escaping @Sendable (ControlQuarantine) async throws(Fault) -> ControlDone,
        dismiss: @escaping @Sendable (ControlQuarantine) async throws(Fault) -> ControlDone,
        register: @escaping @Sendable (ControlRegistration) async throws(Fault) -> ControlRegistered,
        pause: @escaping @Sendable (ControlPause) async throws(Fault) -> ControlDone,
        resume: @escaping @Sendable (ControlPause) async throws(Fault) -> ControlDone,
        reload: @escaping @Sendable () async throws(Fault) -> ExchangeStatus.CatalogueHealth,
        status: @escaping @Sendable () async throws(Fault) -> ExchangeStatus
    ) {
        self.sync = sync
        self.publish = publish
        self.discard = discard
        self.cancel = cancel
        self.replay = replay
        self.dismiss = dismiss
        self.register = register
        self.pause = pause
        self.resume = resume
        self.reload = reload
        self.status = status
    }
}
