import Catalog
import Exchange
import Foundation
import Gateway
import Logging
import Model
import ServiceLifecycle
import Store

/// The exchange as a daemon: the data directory's lock, the schedule, HTTP and the control socket, put together.
struct Service: Sendable {
    let settings: Settings
    let logger: Logger
    /// Told every step of every run that the schedule starts.
    var report: @Sendable (RunProgress) -> Void = { _ in }

    /// Serves until it is told to end.
    ///
    /// - Parameters:
    ///   - companions: what else runs as long.
    ///   - ready: called with the port that queries are answered on.
    func run(
        companions: [any ServiceLifecycle.Service] = [], ready: @escaping @Sendable (Int) async -> Void
    ) async throws(Fault) {
        let directory = DataDirectory(path: settings.data)
        try directory.create()
        let workshop = try await Workshop(settings, lock: try DirectoryLock(directory))
        do {
            try await serve(workshop, companions, ready)
        } catch {
            await workshop.close()
            throw error
        }
        await workshop.close()
    }

    private func serve(
        _ workshop: Workshop, _ companions: [any ServiceLifecycle.Service],
        _ ready: @escaping @Sendable (Int) async -> Void
    ) async throws(Fault) {
        let logger = logger
        let tell = workshop.ended { logger.error("\($0)") }
        let tally = RunTally()
        let runner = Runner(facilities: workshop.facilities, limit: settings.concurrency) { run in
            logger.log(run)
            tally.add(run)
            await tell(run)
        }
        let scheduler = Scheduler(
            facilities: workshop.facilities, runner: runner, logger: logger, grace: .seconds(settings.grace),
            report: report)
        let operations = Operations(
            facilities: workshop.facilities, runner: runner, registersFolder: settings.registersFolder,
            startedAt: Date().timestamp, changed: { scheduler.refresh() },
            nextStart: { scheduler.nextStart(of: $0) }, scheduleFault: { scheduler.fault })
        for problem in workshop.facilities.catalogue.diagnostics { logger.error("\(problem)") }
        if settings.registersFolder {
            for (entry, fault) in try await operations.registerFolder() {
                logger.log(.error, fault, about: ["entry": entry])
            }
        }
        let gateway = try Gateway(
            services: GatewayServices(
                store: workshop.store, status: { () async throws(Fault) in try await operations.status() },
                readiness: { () async throws(Fault) in try await operations.readiness() },
                activity: {
                    ExchangeActivity(
                        runs: tally.runs, systems: workshop.facilities.traffic(), store: workshop.store.activity)
                },
                departments: { workshop.facilities.catalogue.current.departments }),
            settings: GatewaySettings(
                host: settings.host, port: settings.port, publicBase: settings.publicBase,
                querySeconds: settings.querySeconds,
                connections: FileDescriptors.connections(settings.connections, logger: logger),
                requests: settings.requests),
            logger: logger, onRunning: ready)
        let control = try ControlServer(
            actions: ControlActions(operations), socketPath: workshop.directory.socket, logger: logger.quieter)
        try? FileManager.default.removeItem(atPath: workshop.directory.socket)
        try await Daemon(
            front: companions + [gateway, control],
            work: [CatalogueWatcher(operations: operations, logger: logger), scheduler], logger: logger.quieter,
            longestShutdown: .seconds(settings.grace + 20)
        ).run()
    }
}

extension Logger {
    /// For the libraries that carry services: their warnings are ours to know, their chatter is not.
    fileprivate var quieter: Logger {
        var copy = self
        copy.logLevel = max(logLevel, .warning)
        return copy
    }

    /// One line a run that ended.
    fileprivate func log(_ run: Run) {
        let place = ["run": String(run.number), "entry": run.entry, "trigger": run.trigger.rawValue]
        if run.state == .failed, let fault = run.fault { return log(.error, fault, about: place) }
        let difference = run.difference
        let counts =
            "\(difference.read) read, \(difference.added) added, \(difference.changed) changed, "
            + "\(difference.removed) removed, \(difference.refused) refused"
        let metadata = place.mapValues { MetadataValue.string($0) }
        if run.state == .held {
            warning("held: \(run.reasons.joined(separator: " "))", metadata: metadata)
        } else {
            info("\(run.state.rawValue): \(counts)", metadata: metadata)
        }
    }
}
