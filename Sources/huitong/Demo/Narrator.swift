import Catalog
import Exchange
import Foundation
import Model
import ServiceLifecycle
import Synchronization

/// Says what happens in the demo: first runs with progress, when the first record could be queried, sample queries.
final class Narrator: ServiceLifecycle.Service {
    private struct State {
        var firstRecord: Duration?
        var ended: [String: Run] = [:]
    }

    private let settings: Settings
    private let folder: String
    private let endsItself: Bool
    private let began = ContinuousClock.now
    private let board = ProgressBoard()
    private let state = Mutex(State())
    private let ports: AsyncStream<Int>
    private let port: AsyncStream<Int>.Continuation

    init(settings: Settings, folder: String, endsItself: Bool) {
        self.settings = settings
        self.folder = folder
        self.endsItself = endsItself
        (ports, port) = AsyncStream.makeStream()
    }

    /// Takes a step of a run.
    func show(_ step: RunProgress) {
        board.show(step)
        guard let run = step.outcome else { return }
        let isFirst = state.withLock { state in
            let isNew = state.ended[run.entry] == nil
            if isNew { state.ended[run.entry] = run }
            return isNew
        }
        guard isFirst else { return }
        let difference = run.difference
        board.clear()
        Console.line(
            "  \(seconds(.now - began))  \(run.entry): \(Style().state(run.state)), \(difference.added) records, "
                + "\(difference.refused) refused, \(difference.findings) findings")
        RunText.advice([run]).forEach { Console.line("    \($0)") }
    }

    /// Takes the port that queries are answered on.
    func isServed(on number: Int) async {
        port.yield(number)
        port.finish()
    }

    func run() async throws {
        Console.line("Six departments' systems are running on this machine; the exchange fetches what they offer:")
        guard let number = await ports.first(where: { _ in true }) else { return }
        let visitor = Visitor(base: "http://\(settings.host):\(number)")
        do {
            try await tell(visitor)
        } catch {
            if error.code != .runCancelled { throw error }
            return
        }
        outlook(visitor.base)
        if !endsItself { try? await gracefulShutdown() }
    }

    private func tell(_ visitor: Visitor) async throws(Fault) {
        let first = try await firstRecord(visitor)
        try await waitForRuns()
        board.clear()
        Console.line("\nThe first record could be queried \(seconds(first)) after the start.")
        try await Tour(visitor: visitor).walk()
    }

    private func firstRecord(_ visitor: Visitor) async throws(Fault) -> Duration {
        while true {
            let collections = try await visitor.get("/collections")["collections"].list
            for name in collections.compactMap({ $0["id"].text }) {
                let items = try await visitor.get("/collections/\(name)/items?limit=1&f=json")["items"].list
                if !items.isEmpty { return .now - began }
            }
            try await pause()
        }
    }

    private func waitForRuns() async throws(Fault) {
        let expected = CurrentCatalogue(catalog: settings.catalog, adapters: settings.adapters).current.entries.count
        while state.withLock({ $0.ended.count }) < expected { try await pause() }
    }

    /// Waits a little for what the demo's first runs bring; one that fails brings nothing, however long one waits.
    private func pause() async throws(Fault) {
        if let fault = state.withLock({ $0.ended.values.lazy.compactMap(\.fault).first }) { throw fault }
        do { try await Task.sleep(for: .milliseconds(20)) } catch { throw Fault(.runCancelled, "the demo was stopped") }
        if Task.isShuttingDownGracefully { throw Fault(.runCancelled, "the demo was stopped") }
    }

    private func outlook(_ base: String) {
        let config = "--config \(folder)/huitong.yaml"
        Console.line(
            """

            Try it yourself:
              curl '\(base)/collections'
              curl '\(base)/collections/legal-entity/items?limit=3&sortby=-established'
              curl '\(base)/collections/address/items?bbox=112.8,28.3,112.9,28.4&limit=2'
              curl '\(base)/collections/licence/items?status=1&sortby=-expires_on&limit=2'
              curl '\(base)/collections/parcel/items?bbox=112.8,28.3,112.9,28.4&limit=2&f=geojson'
              curl '\(base)/status'
            """)
        guard !endsItself else { return }
        Console.line(
            """
              huitong status \(config)
              huitong quarantine list \(config)
              huitong query person --limit 1 \(config)

            The departments' data keeps changing, and runs follow their schedules. Ctrl-C stops all of it.
            """)
    }

    private func seconds(_ duration: Duration) -> String {
        let value = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        return String(format: "%.2f s", value)
    }
}
