import Model

/// What people tell an exchange to do: done by ``Operations`` in the process that holds the data directory, and passed on
/// by ``DaemonClient`` from any other.
public protocol ExchangeControl: Sendable {
    /// Runs entries now, all of them at once as far as their systems and the settings allow.
    ///
    /// - Returns: how each ended, in the order of asking. What kept an entry from running is a failed run with number 0.
    func sync(_ order: ControlSync, report: @escaping @Sendable (RunProgress) -> Void) async throws(Fault) -> [Run]
    /// Publishes a held run.
    func publish(_ decision: ControlDecision) async throws(Fault) -> Run
    /// Ends a held run without effect.
    func discard(_ decision: ControlDecision) async throws(Fault) -> Run
    /// Stops a run under way, or ends one that was interrupted.
    func cancel(_ decision: ControlDecision) async throws(Fault) -> Run
    /// Normalises quarantined records again as the entry is now, and publishes those that pass.
    func replay(_ records: ControlQuarantine) async throws(Fault) -> ControlDone
    /// Closes quarantined records for good.
    func dismiss(_ records: ControlQuarantine) async throws(Fault) -> ControlDone
    /// Checks an entry, previews one page of it, and stores it as a version.
    func register(_ registration: ControlRegistration) async throws(Fault) -> ControlRegistered
    /// Stops an entry's schedule.
    func pause(_ pause: ControlPause) async throws(Fault) -> ControlDone
    /// Starts an entry's schedule again.
    func resume(_ pause: ControlPause) async throws(Fault) -> ControlDone
    /// Reads the catalogue's files again.
    func reload() async throws(Fault) -> ExchangeStatus.CatalogueHealth
    /// How the exchange is doing.
    func status() async throws(Fault) -> ExchangeStatus
}
