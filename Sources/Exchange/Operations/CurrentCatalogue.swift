import Catalog
import Foundation
import Model
import Synchronization

/// The catalogue's files as they are known now: the last version that was without mistakes, and what is wrong with the
/// files since.
public final class CurrentCatalogue: Sendable {
    private struct State {
        var catalogue: Catalogue
        var diagnostics: [Diagnostic] = []
        var loadedAt: String?
        var isWhole = false
        /// When mistakes were first seen.
        var wrongSince: String?

        mutating func note(_ found: [Diagnostic], at now: Date) {
            diagnostics = found
            wrongSince = found.isEmpty ? nil : wrongSince ?? now.timestamp
        }
    }

    private let catalog: URL
    private let adapters: [URL]
    private let now: @Sendable () -> Date
    private let state: Mutex<State>

    /// Reads the files. Where they have mistakes, what can be read of them is taken: there is no version before it.
    public init(catalog: URL, adapters: [URL], now: @escaping @Sendable () -> Date = { Date() }) {
        self.catalog = catalog
        self.adapters = adapters
        self.now = now
        let (catalogue, diagnostics) = CatalogLoader().load(catalog: catalog, adapters: adapters)
        var first = State(catalogue: catalogue, loadedAt: now().timestamp, isWhole: diagnostics.isEmpty)
        first.note(diagnostics, at: now())
        state = Mutex(first)
    }

    /// Reads the files of a catalogue whose adapters are in one folder.
    public convenience init(catalog: URL, adapters: URL, now: @escaping @Sendable () -> Date = { Date() }) {
        self.init(catalog: catalog, adapters: [adapters], now: now)
    }

    /// The version that counts.
    public var current: Catalogue { state.withLock { $0.catalogue } }

    /// Mistakes of the files as they are now.
    public var diagnostics: [Diagnostic] { state.withLock { $0.diagnostics } }

    public var health: ExchangeStatus.CatalogueHealth {
        state.withLock {
            ExchangeStatus.CatalogueHealth(
                loadedAt: $0.loadedAt, problems: $0.diagnostics.map(\.description), problemsSince: $0.wrongSince)
        }
    }

    /// Reads the files again; a version with mistakes does not take the place of one without.
    public func reload() {
        let (catalogue, diagnostics) = CatalogLoader().load(catalog: catalog, adapters: adapters)
        state.withLock { state in
            state.note(diagnostics, at: now())
            guard diagnostics.isEmpty || !state.isWhole else { return }
            state.catalogue = catalogue
            state.loadedAt = now().timestamp
            state.isWhole = diagnostics.isEmpty
        }
    }

    /// Reads one entry that is not in the folder, against what the folder knows.
    public func entry(yaml text: String, file: String) -> (Entry?, [Diagnostic]) {
        CatalogLoader().entry(yaml: text, file: file, in: current)
    }

    /// What the files look like from outside: it changes when one of them does.
    func fingerprint() -> [String: Int] {
        var found: [String: Int] = [:]
        for folder in [catalog] + adapters { CurrentCatalogue.note(folder.path, in: &found) }
        return found
    }

    /// Asks the system for each file's time and nothing else: a folder of a thousand is looked at all day.
    private static func note(_ folder: String, in found: inout [String: Int]) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let path = folder + "/" + name
            var status = stat()
            guard stat(path, &status) == 0 else { continue }
            found[path] = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
            if status.st_mode & S_IFMT == S_IFDIR { note(path, in: &found) }
        }
    }
}
