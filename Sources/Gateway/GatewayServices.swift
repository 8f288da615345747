import Foundation
import Model
import Store

/// What the gateway reads from: the store, and what only the daemon or the catalogue's files know.
public struct GatewayServices: Sendable {
    public var store: any ExchangeStore
    /// How the exchange is doing.
    public var status: @Sendable () async throws(Fault) -> ExchangeStatus
    /// Whether the exchange can do what it is there for: throws what keeps it from that, and else says how the
    /// catalogue's files are.
    public var readiness: @Sendable () async throws(Fault) -> ExchangeStatus.CatalogueHealth
    /// What the process has done since it began.
    public var activity: @Sendable () -> ExchangeActivity
    /// The departments of the catalogue, for their titles.
    public var departments: @Sendable () async -> [Department]
    /// The time, for answers that say when they were given.
    public var now: @Sendable () -> Date

    public init(
        store: any ExchangeStore, status: @escaping @Sendable () async throws(Fault) -> ExchangeStatus,
        readiness: @escaping @Sendable () async throws(Fault) -> ExchangeStatus.CatalogueHealth,
        activity: @escaping @Sendable () -> ExchangeActivity = { ExchangeActivity() },
        departments: @escaping @Sendable () async -> [Department] = { [] },
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.store = store
        self.status = status
        self.readiness = readiness
        self.activity = activity
        self.departments = departments
        self.now = now
    }
}
