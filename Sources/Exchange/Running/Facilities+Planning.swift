import AdapterEngine
import Catalog
import Model
import Normalizing
import Store

extension Facilities {
    /// The version of an entry that runs.
    ///
    /// - Throws: `catalogue.unknown-entry` where it is not registered.
    func registration(of entry: String) async throws(Fault) -> Registration {
        guard let found = try await store.registration(of: entry) else {
            let isInFolder = catalogue.current.entries[entry] != nil
            throw Fault(
                .unknownEntry, "no entry named \(entry.prefix(64)) is registered",
                advice: isInFolder
                    ? "Register it: huitong catalog register FILE --reason …"
                    : "See what there is: huitong catalog list",
                context: ["entry": String(entry.prefix(64))])
        }
        return found
    }

    /// What brings an entry's records into normal form, as the code lists are now.
    func normalizer(of entry: Entry) async throws(Fault) -> Normalizer {
        try Normalizer(
            entry: entry, lists: catalogue.current.lists, digestKey: try await store.digestKey(), today: today)
    }

    /// Whether an entry's records come from a program, which cannot be taken up in its middle.
    func readsProgram(_ entry: Entry) -> Bool { catalogue.current.manifests[entry.source.adapter]?.program != nil }

    /// What to ask an entry's source, and how to read it.
    func plan(_ entry: Entry, watermark: Watermark?, run: Run) throws(Fault) -> SourcePlan {
        // An entry that changed asks for everything: what was read under other rules may look different now.
        let isKnown = watermark?.version == run.version
        return try plan(
            entry, watermark: isKnown ? watermark : nil, version: run.version,
            snapshot: run.isSnapshot)
    }

    func plan(
        _ entry: Entry, watermark: Watermark? = nil, version: Int? = nil, snapshot: Bool = true
    ) throws(Fault) -> SourcePlan {
        let catalogue = catalogue.current
        guard let system = catalogue.system(named: entry.source.system) else {
            throw Fault(
                .badCatalogue,
                "entry \(entry.name) reads from the system \(entry.source.system), which no department has",
                advice: "Add it to departments.yaml, or correct the entry.", context: ["entry": entry.name])
        }
        guard let manifest = catalogue.manifests[entry.source.adapter] else {
            throw Fault(
                .badAdapter, "entry \(entry.name) uses the adapter \(entry.source.adapter), which is not there",
                advice: "See which there are: huitong adapter list", context: ["entry": entry.name])
        }
        return try SourcePlan(
            entry: entry, system: system, manifest: manifest, secrets: secrets, watermark: watermark,
            version: version, snapshot: snapshot)
    }
}
