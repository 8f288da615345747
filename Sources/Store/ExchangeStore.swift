import Model

/// Where everything is kept: registrations, runs, staged and published records, quarantine.
///
/// The four parts are one protocol because their promises are one transaction of one engine: a publication moves
/// records, history, findings, quarantine, subjects and the watermark together, or not at all. `StoreConformance` holds
/// every implementation to the same suite.
public protocol ExchangeStore: RegistrationStore, RunStore, QuarantineStore, RecordStore {
    /// What was written since it was opened, and how large it is: cheap to ask, and without a transaction.
    var activity: StoreActivity { get }
    /// Releases connections; nothing may be asked afterwards.
    func close() async throws(Fault)
}

/// Versions of entries, and which of them run.
public protocol RegistrationStore: Sendable {
    /// Stores a new version of an entry and of the collection it is served as. Registering the same text again changes
    /// nothing and answers the version there is.
    func register(_ entry: Entry, text: String, who: String, reason: String) async throws(Fault) -> Registration
    /// The current version of every entry.
    func registrations() async throws(Fault) -> [Registration]
    /// The current version of one entry; nil where it is not registered.
    func registration(of entry: String) async throws(Fault) -> Registration?
    /// Every version of an entry, newest first.
    func registrationHistory(of entry: String) async throws(Fault) -> [Registration]
    func setPaused(_ isPaused: Bool, entry: String, who: String, reason: String) async throws(Fault)
    /// Takes the subjects that are to be served. A changed subject is joined anew, at once.
    func define(_ subjects: [Subject]) async throws(Fault)
    /// Joins again what a condition on today's date may have changed since it was last joined.
    func refreshSubjects() async throws(Fault)
}

/// Runs and what they stage. One run of an entry at a time; runs of different entries side by side.
public protocol RunStore: Sendable {
    /// Opens a run, or takes up the entry's interrupted one where it stopped.
    ///
    /// - Throws: `run.overlaps` while another run of the entry is under way.
    func begin(_ order: RunOrder) async throws(Fault) -> RunTicket
    /// Stores records and the position that follows them in one transaction.
    func stage(_ batch: RecordBatch, of ticket: RunTicket, then position: Position) async throws(Fault)
    /// Builds the indexes that a first load went without; does nothing for a run that compares. To be called when all is
    /// staged.
    func index(_ ticket: RunTicket) async throws(Fault)
    /// Closes fetching and counts what the run would change. The run is `judging` afterwards.
    func assess(_ ticket: RunTicket) async throws(Fault) -> Difference
    /// Makes a judged or held run visible, in one transaction.
    ///
    /// - Throws: `run.superseded` where the collection has moved since the run was compared with it.
    func publish(run number: Int64, watermark: Watermark?, decision: Run.Decision?) async throws(Fault) -> Run
    /// Keeps a judged run for a person to decide, with the watermark it would set.
    func hold(run number: Int64, reasons: [String], watermark: Watermark?) async throws(Fault) -> Run
    /// Ends a run without effect: failed, cancelled or (held ones) discarded.
    func end(run number: Int64, as state: Run.State, fault: Fault?, decision: Run.Decision?) async throws(Fault) -> Run
    /// A source that answered "not modified": published without a change.
    func publishUnchanged(_ ticket: RunTicket, watermark: Watermark?) async throws(Fault) -> Run
    /// Adds the time spent in stages to the run's report.
    ///
    /// - Returns: what stands there now.
    func note(stages: [String: Double], run number: Int64) async throws(Fault) -> [String: Double]
    func run(_ number: Int64) async throws(Fault) -> Run?
    /// Newest first.
    func runs(of entry: String?, limit: Int) async throws(Fault) -> [Run]
    func watermark(of entry: String) async throws(Fault) -> Watermark?
    /// Runs that are queued, fetched or judged now, newest first.
    func runsUnderWay() async throws(Fault) -> [Run]
    /// The newest run of each entry, by entry.
    func lastRuns() async throws(Fault) -> [String: Run]
    /// The newest run of each entry that published, by entry.
    func lastPublished() async throws(Fault) -> [String: Run]
    /// Entries whose runs have failed since they last published, by entry.
    func failures() async throws(Fault) -> [String: FailureStreak]
    /// What the quality of each collection is computed from, by collection; one that was never published is left out.
    func qualities() async throws(Fault) -> [String: QualityTally]
    /// What is wrong with the records of a collection that are served.
    func findings(of collection: String, limit: Int) async throws(Fault) -> [RecordedFinding]
}

/// Records that were refused, until replayed or dismissed.
public protocol QuarantineStore: Sendable {
    func quarantined(_ query: QuarantineQuery) async throws(Fault) -> [QuarantinedRecord]
    func quarantined(number: Int64) async throws(Fault) -> QuarantinedRecord?
    /// How many records wait, by entry; an entry without any is left out.
    func quarantineCounts() async throws(Fault) -> [String: Int64]
    func dismiss(quarantined numbers: [Int64], who: String, reason: String) async throws(Fault)
    /// Publishes records that passed after all, and closes their places in the quarantine, in one transaction.
    func release(_ batch: RecordBatch, of entry: String, quarantined numbers: [Int64], who: String) async throws(Fault)
}

/// What is published, for reading only.
public protocol RecordStore: Sendable {
    func collections() async throws(Fault) -> [CollectionState]
    func collection(_ name: String) async throws(Fault) -> CollectionState?
    /// Reads a collection on the calling thread: for what a key bounds, where a hop to another thread and back would cost
    /// more than the reading.
    ///
    /// - Throws: `request.not-found` where there is no such collection.
    func readAtOnce<Answer>(
        _ collection: String, _ body: (any CollectionReader) throws(Fault) -> Answer
    ) throws(Fault) -> Answer
    /// Reads a collection on a thread of the store's own: for what may take long.
    ///
    /// - Parameter seconds: how long it may wait and read; nil sets no limit. It also ends when the task is cancelled.
    /// - Throws: `store.busy` once the time is up, `request.not-found` where there is no such collection.
    func read<Answer: Sendable>(
        _ collection: String, within seconds: Double?,
        _ body: @escaping @Sendable (any CollectionReader) throws(Fault) -> Answer
    ) async throws(Fault) -> Answer
    /// Every version of one record, newest first, with the time each was valid.
    func history(of id: String, in collection: String, disclosure: Disclosure) async throws(Fault) -> [RecordVersion]
    /// Which entry, run and source record each value came from.
    func provenance(of id: String, in collection: String) async throws(Fault) -> [ValueOrigin]?
    /// What changed after a revision, in order, each key's latest state once.
    ///
    /// - Throws: `request.changes-gone` where the feed's epoch or reach does not cover the revision.
    func changes(
        in collection: String, after revision: Int64, epoch: String?, limit: Int, disclosure: Disclosure
    ) async throws(Fault) -> ChangePage
    /// Key material that ids of graded keys are digested with.
    func digestKey() async throws(Fault) -> [UInt8]
    /// Whether the store answers and can write; nil when well, else what is wrong.
    func health() async -> Fault?
}
