import AdapterEngine
import Foundation
import Loopback
import Model
import SQLiteStore
import Store
import Synchronization
import Testing
import Transport

@testable import Exchange

/// Departments beside one that takes requests and never answers.
@Suite struct NeighbourTests {
    @Test func aDepartmentThatHangsKeepsNobodyWaiting() async throws {
        let hole = LoopbackServer { _, connection in connection.waitForClose() }
        let well = LoopbackServer { _, connection in
            connection.answer(headers: [FaultyDepartment.json], text: FaultyDepartment.list(FaultyDepartment.rows(1)))
        }
        let folder = try TemporaryFolder()
        let hanging = (0..<4).map { "hanging-\($0)" }
        let healthy = (0..<6).map { "healthy-\($0)" }
        let facilities = try await facilities(
            in: folder, systems: ["hole": hole.port, "well": well.port],
            entries: Dictionary(uniqueKeysWithValues: hanging.map { ($0, "hole") } + healthy.map { ($0, "well") }))
        // As many runs at once as hang in the first moment.
        let runner = Runner(facilities: facilities, limit: 2, patience: .milliseconds(100))

        let stuck = hanging.map { entry in
            Task { try await runner.run(SyncOrder(entry: entry, trigger: .schedule)) { _ in } }
        }
        while hole.calls.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        for entry in healthy {
            let run = try await runner.run(SyncOrder(entry: entry, trigger: .schedule)) { _ in }
            #expect(run.state == .published && run.difference.added == 6)
        }
        // All of them were published before one of the others had ended.
        let runs = try await facilities.store.runs(of: nil, limit: 100)
        #expect(Set(runs.filter { $0.state == .published }.map(\.entry)) == Set(healthy))
        #expect(runs.filter { $0.entry.hasPrefix("hanging") }.allSatisfy { $0.state == .fetching })
        await runner.close(within: .zero)
        for task in stuck { _ = await task.result }
    }

    @Test func noMoreRunThanMayWhileSourcesSpeak() async throws {
        let counts = Mutex((now: 0, most: 0))
        let server = LoopbackServer { _, connection in
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
            }
            Thread.sleep(forTimeInterval: 0.02)
            counts.withLock { $0.now -= 1 }
            connection.answer(headers: [FaultyDepartment.json], text: "[]")
        }
        let folder = try TemporaryFolder()
        let entries = (0..<8).map { "entry-\($0)" }
        let facilities = try await facilities(
            in: folder, systems: ["core": server.port],
            entries: Dictionary(uniqueKeysWithValues: entries.map { ($0, "core") }))
        let runner = Runner(facilities: facilities, limit: 2, patience: .seconds(3600))
        try await withThrowingTaskGroup(of: Run.self) { group in
            for entry in entries {
                group.addTask { try await runner.run(SyncOrder(entry: entry, trigger: .schedule)) { _ in } }
            }
            for try await run in group { #expect(run.state == .published) }
        }
        #expect(counts.withLock { $0.most } <= 2)
    }

    private func facilities(
        in folder: TemporaryFolder, systems: [String: Int], entries: [String: String]
    ) async throws -> Facilities {
        let root = URL(filePath: folder.path)
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        for path in ["Catalog/entries/area", "Adapters"] {
            try FileManager.default.createDirectory(
                at: root.appending(path: path), withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(
            at: repository.appending(path: "Adapters/http-json"),
            to: root.appending(path: "Adapters/http-json"))
        let lines = systems.sorted { $0.key < $1.key }.map { name, port in
            "      \(name): {title: 系统, base: \"http://127.0.0.1:\(port)\", concurrency: 4}"
        }
        _ = try folder.write(
            "Catalog/departments.yaml",
            "departments:\n  office:\n    title: 办公室\n    systems:\n" + lines.joined(separator: "\n") + "\n")
        for (entry, system) in entries {
            _ = try folder.write(
                "Catalog/entries/area/\(entry).yaml",
                FaultExchange.entry(.whole).replacing("entry: thing", with: "entry: \(entry)")
                    .replacing("system: core", with: "system: \(system)"))
        }
        let transport = Transport(policy: OutboundPolicy(allowsLoopback: true))
        let catalogue = CurrentCatalogue(
            catalog: root.appending(path: "Catalog"), adapters: root.appending(path: "Adapters"))
        guard catalogue.diagnostics.isEmpty else { throw Fault(.badCatalogue, "\(catalogue.diagnostics)") }
        let facilities = Facilities(
            store: try SQLiteStore(path: folder.path + "/huitong.sqlite"), catalogue: catalogue,
            secrets: Secrets { _ in nil },
            send: { request throws(Fault) in
                var request = request
                request.limits.lowSpeedSeconds = 3600
                return try await transport.send(request)
            }, circuits: { transport.circuits })
        _ = try await Operations(facilities: facilities, runner: Runner(facilities: facilities, limit: 1))
            .registerFolder()
        return facilities
    }
}
