import AdapterEngine
import Foundation
import Model
import Store
import Transport

/// What every run and every command works with: the store, the network, programs, secrets, the catalogue as it is now, the time.
public struct Facilities: Sendable {
    public let store: any ExchangeStore
    public let catalogue: CurrentCatalogue
    public let secrets: Secrets
    public let send: @Sendable (Request) async throws(Fault) -> Response
    public let programs: ProgramHost
    /// The systems whose last attempts failed.
    public let circuits: @Sendable () -> [CircuitStatus]
    /// What was asked of each system so far.
    public let traffic: @Sendable () -> [String: SystemActivity]
    public let now: @Sendable () -> Date
    /// Waits so many seconds before a page is asked for again.
    public let pause: @Sendable (Double) async throws(Fault) -> Void
    /// Where files that have to be whole before they are read are kept meanwhile.
    public let scratch: URL

    public init(
        store: any ExchangeStore, catalogue: CurrentCatalogue, secrets: Secrets,
        send: @escaping @Sendable (Request) async throws(Fault) -> Response, programs: ProgramHost = .none,
        circuits: @escaping @Sendable () -> [CircuitStatus] = { [] },
        traffic: @escaping @Sendable () -> [String: SystemActivity] = { [:] },
        scratch: URL = FileManager.default.temporaryDirectory, now: @escaping @Sendable () -> Date = { Date() },
        pause: @escaping @Sendable (Double) async throws(Fault) -> Void = SourceReading.wait
    ) {
        self.store = store
        self.catalogue = catalogue
        self.secrets = secrets
        self.send = send
        self.programs = programs
        self.circuits = circuits
        self.traffic = traffic
        self.scratch = scratch
        self.now = now
        self.pause = pause
    }

    /// The date in Asia/Shanghai, as dates are kept.
    var today: String { ChinaTime.date(now().timeIntervalSince1970) }

    /// The time as runs and decisions keep it.
    var timestamp: String { now().timestamp }
}
