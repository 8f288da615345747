import AdapterEngine
import Catalog
import Exchange
import Foundation
import Model
import SQLiteStore
import Store
import Transport

/// An exchange opened by a command: its store, its catalogue and the network.
struct Workshop: Sendable {
    let settings: Settings
    let directory: DataDirectory
    let facilities: Facilities
    let transport: Transport
    /// Held by whoever writes, as long as the exchange is open.
    private let lock: DirectoryLock?

    var store: any ExchangeStore { facilities.store }

    /// Opens an exchange.
    ///
    /// - Throws: what keeps the store from being opened, for example `store.read-only` or `store.newer`.
    init(_ settings: Settings, lock: DirectoryLock? = nil) async throws(Fault) {
        self.settings = settings
        self.lock = lock
        directory = DataDirectory(path: settings.data)
        try directory.create()
        let transport = Transport(policy: settings.outbound)
        self.transport = transport
        facilities = Facilities(
            store: try SQLiteStore(path: directory.database, leastFree: settings.lowMark),
            catalogue: CurrentCatalogue(catalog: settings.catalog, adapters: settings.adapters),
            secrets: settings.secretStore,
            send: { request throws(Fault) in try await transport.send(request) },
            programs: ProgramHost(folder: settings.programs, data: URL(filePath: directory.programs)),
            circuits: { transport.circuits }, traffic: { transport.activity },
            scratch: URL(filePath: directory.path).appending(path: "scratch"))
    }

    /// What is told of runs that were held or failed.
    func ended(note: @escaping @Sendable (String) -> Void) -> @Sendable (Run) async -> Void {
        let notifier = settings.notify.map { Notifier(Notifier.Hook($0), send: facilities.send) }
        return { run in
            do {
                try await notifier?.tell(run)
            } catch {
                note("nobody could be told of run \(run.number): \(error)")
            }
        }
    }

    /// Lets go of the store and the network.
    func close() async {
        await transport.shutdown()
        try? await store.close()
        withExtendedLifetime(lock) {}
    }
}

extension Settings {
    /// Secrets in the settings' folder, then in the environment.
    var secretStore: Secrets { Secrets(folder: secrets, environment: ProcessInfo.processInfo.environment) }
}

/// Opens an exchange to read from it, and closes it again.
func reading<Result>(
    _ settings: Settings, lock: DirectoryLock? = nil, _ work: (Workshop) async throws -> Result
) async throws -> Result {
    let workshop = try await Workshop(settings, lock: lock)
    do {
        let result = try await work(workshop)
        await workshop.close()
        return result
    } catch {
        await workshop.close()
        throw error
    }
}

/// Tells an exchange to do something: through its daemon where one runs, else in this process, which takes the lock.
///
/// - Parameter registersFolder: whether the catalogue's folder is registered before, where the settings say so.
func controlling<Result>(
    _ settings: Settings, registersFolder: Bool = true, _ work: (any ExchangeControl) async throws -> Result
) async throws -> Result {
    let directory = DataDirectory(path: settings.data)
    try directory.create()
    if let daemon = await daemon(of: directory) { return try await work(daemon) }
    return try await reading(settings, lock: try DirectoryLock(directory)) { workshop in
        let runner = Runner(
            facilities: workshop.facilities, limit: settings.concurrency, ended: workshop.ended(note: Console.note))
        let operations = Operations(
            facilities: workshop.facilities, runner: runner, registersFolder: settings.registersFolder)
        workshop.facilities.catalogue.diagnostics.report()
        if settings.registersFolder, registersFolder { try await operations.registerFolder().report() }
        return try await work(operations)
    }
}

/// The daemon that holds a directory; nil where none does. One that is starting is waited for, for two seconds.
private func daemon(of directory: DataDirectory) async -> DaemonClient? {
    let daemon = DaemonClient(socket: directory.socket)
    let deadline = ContinuousClock.now + .seconds(2)
    while DirectoryLock.isHeld(directory) {
        if await daemon.isAnswering() { return daemon }
        guard ContinuousClock.now < deadline, (try? await Task.sleep(for: .milliseconds(50))) != nil else { break }
    }
    return nil
}

extension [Diagnostic] {
    /// Says the first mistakes of the catalogue: what they concern is left out of what is registered.
    func report() {
        for diagnostic in prefix(3) { Console.note("warning: \(diagnostic)") }
        if count > 3 { Console.note("warning: \(count - 3) mistakes more: huitong check") }
    }
}

extension [String: Fault] {
    /// Says which entries of a folder could not be registered.
    func report() {
        for (entry, fault) in sorted(by: { $0.key < $1.key }) {
            Console.note("warning: \(entry) was not registered: \(fault.message)")
        }
    }
}
