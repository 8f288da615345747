import Catalog
import Foundation
import Model
import Store

extension Operations {
    public func register(_ registration: ControlRegistration) async throws(Fault) -> ControlRegistered {
        let (entry, diagnostics) = facilities.catalogue.entry(yaml: registration.text, file: registration.file)
        guard let entry, diagnostics.isEmpty else {
            throw Fault(
                .badCatalogue, diagnostics.map(\.description).joined(separator: "\n"),
                advice: "Correct the file, and register it again.", context: ["file": registration.file])
        }
        // One page tells what no check of a file can: whether the source answers, and in these fields.
        _ = try await preview(entry, records: 1)
        let registered = try await store(entry, registration)
        try await defineSubjects()
        changed()
        return registered
    }

    /// Registers the catalogue's folder, entry by entry.
    ///
    /// - Returns: what could not be registered, by entry.
    public func registerFolder(who: String = "settings") async throws(Fault) -> [String: Fault] {
        let catalogue = facilities.catalogue.current
        let registered = try await store.registrations()
        let known = Dictionary(registered.map { ($0.entry.name, $0) }, uniquingKeysWith: { first, _ in first })
        var refused: [String: Fault] = [:]
        for (name, entry) in catalogue.entries.sorted(by: { $0.key < $1.key }) {
            guard let text = catalogue.sources[name] else { continue }
            // What is registered as it stands is not written again: a folder may hold a thousand.
            if let same = known[name], same.text == text, same.entry == entry { continue }
            let registration = ControlRegistration(
                text: text, file: name, who: who, reason: "registered from the catalogue's folder")
            do { _ = try await store(entry, registration) } catch { refused[name] = error }
        }
        try await defineSubjects()
        changed()
        return refused
    }

    private func store(_ entry: Entry, _ registration: ControlRegistration) async throws(Fault) -> ControlRegistered {
        let before = try await store.registration(of: entry.name)
        let stored = try await store.register(
            entry, text: registration.text, who: registration.who, reason: registration.reason)
        return ControlRegistered(
            entry: entry.name, version: stored.version, isUnchanged: stored.version == before?.version)
    }

    /// A subject is served once every entry it reads is registered.
    private func defineSubjects() async throws(Fault) {
        let registered = Set(try await store.registrations().map(\.entry.name))
        let subjects = facilities.catalogue.current.subjects.values.sorted { $0.name < $1.name }
        try await store.define(subjects.filter { registered.isSuperset(of: $0.entries) })
    }

    public func reload() async throws(Fault) -> ExchangeStatus.CatalogueHealth {
        facilities.catalogue.reload()
        if registersFolder { _ = try await registerFolder() } else { changed() }
        return facilities.catalogue.health
    }
}
