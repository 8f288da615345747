import AdapterEngine
import Foundation
import Loopback
import Model
import SQLiteStore
import Store
import Synchronization
import Transport

@testable import Exchange

/// An exchange in a temporary folder with one entry that reads a department which fails: the real pipeline, libcurl and a
/// store in a file, with a clock on which nobody waits.
final class FaultExchange: Sendable {
    private let folder: TemporaryFolder
    let department: FaultyDepartment
    let store: SQLiteStore
    let transport: Transport
    let clock = FakeClock()
    let facilities: Facilities

    /// Changes requests while the department fails.
    private final class Way: Sendable {
        let change = Mutex<(@Sendable (inout Request) -> Void)?>(nil)
    }
    private let way = Way()

    init(_ department: FaultyDepartment) async throws {
        self.department = department
        folder = try TemporaryFolder()
        let catalog = URL(filePath: folder.path).appending(path: "Catalog")
        let adapters = URL(filePath: folder.path).appending(path: "Adapters")
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        for folder in [adapters, catalog.appending(path: "entries/area")] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(
            at: repository.appending(path: "Adapters/http-json"),
            to: adapters.appending(path: "http-json"))
        _ = try folder.write(
            "Catalog/departments.yaml",
            """
            departments:
              office:
                title: 办公室
                systems:
                  core: {title: 系统, base: "http://127.0.0.1:\(department.server.port)", hosts: ["169.254.169.254"]}
            """)
        _ = try folder.write("Catalog/entries/area/thing.yaml", FaultExchange.entry(department.shape))
        store = try SQLiteStore(path: folder.path + "/huitong.sqlite")
        let transport = Transport(policy: OutboundPolicy(allowsLoopback: true), timing: clock.timing)
        self.transport = transport
        let catalogue = CurrentCatalogue(catalog: catalog, adapters: adapters)
        guard catalogue.diagnostics.isEmpty else { throw Fault(.badCatalogue, "\(catalogue.diagnostics)") }
        facilities = Facilities(
            store: store, catalogue: catalogue, secrets: Secrets { _ in nil },
            send: { [way] request throws(Fault) in
                var request = request
                // A busy machine must not look like a slow department.
                request.limits.connectSeconds = 600
                request.limits.lowSpeedSeconds = 600
                way.change.withLock { $0 }?(&request)
                return try await transport.send(request)
            },
            circuits: { transport.circuits },
            pause: { [clock] seconds throws(Fault) in
                do { try await clock.timing.sleep(seconds) } catch { throw Fault(.runCancelled, "stopped") }
            })
        _ = try await Operations(facilities: facilities, runner: Runner(facilities: facilities, limit: 4))
            .registerFolder()
    }

    /// Changes every request until ``asksAsUsual()``.
    func asks(_ change: @escaping @Sendable (inout Request) -> Void) { way.change.withLock { $0 = change } }

    func asksAsUsual() { way.change.withLock { $0 = nil } }

    /// Writes the entry anew, and registers it.
    func changes(_ entry: String) async throws {
        _ = try folder.write("Catalog/entries/area/thing.yaml", entry)
        _ = try await Operations(
            facilities: facilities, runner: Runner(facilities: facilities, limit: 4), registersFolder: true
        ).reload()
    }

    /// Runs the entry to its end, as a person asks for it.
    func sync() async throws -> Run {
        try await Runner(facilities: facilities, limit: 4).run(SyncOrder(entry: "thing", trigger: .command)) { _ in }
    }

    /// What is served, by id.
    func served() async throws -> [String: String] {
        guard let state = try await store.collection("thing") else { return [:] }
        let plan = try QueryPlan(RecordQuery(limit: 10_000), over: state.collection, disclosure: .owner)
        let page = try await store.page(plan)
        guard let column = page.fields.firstIndex(where: { $0.name == "name" }) else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: (0..<page.batch.count).map {
                (page.batch.id($0), page.batch.string($0, column) ?? "")
            })
    }

    static func entry(_ shape: FaultyDepartment.Shape, title: String = "名称") -> String {
        let delivers = shape == .delta ? "delta\nsince: {parameter: updated_since, field: updated}" : "snapshot"
        return """
            entry: thing
            title: 事物
            department: office
            update: daily
            grade: 1
            share: {type: unconditional}
            source: {system: core, adapter: http-json, with: \(shape.parameters)}
            delivers: \(delivers)
            key: [id]
            fields:
              id: {title: 编号, type: text}
              name: {title: \(title), type: text, required: true}
              updated: {title: 更新, type: datetime}
            """
    }
}
