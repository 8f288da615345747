import Foundation
import Model

/// Loads a catalogue's folder and tells every mistake in it, in one pass.
///
/// What has mistakes is left out of the catalogue; the rest is complete and consistent, so that a daemon can go on with the
/// last good version of what is wrong.
public struct CatalogLoader: Sendable {
    public init() {}

    /// Loads `departments.yaml`, `entries/`, `subjects/` and `codelists/` of a folder, and the manifests of others.
    ///
    /// - Parameter adapters: of two adapters of one name, that of the folder named first counts.
    /// - Returns: what is right, and the mistakes sorted by file and line; paths begin as the URLs' relative paths do.
    public func load(catalog: URL, adapters: [URL]) -> (Catalogue, [Diagnostic]) {
        load(CatalogFiles(catalog: catalog, adapters: adapters))
    }

    /// Loads a catalogue whose adapters are in one folder.
    public func load(catalog: URL, adapters: URL) -> (Catalogue, [Diagnostic]) {
        load(catalog: catalog, adapters: [adapters])
    }

    /// Checks one entry against a catalogue, in which it may be new or take the place of the entry of its name.
    public func entry(yaml text: String, file: String, in catalogue: Catalogue) -> (Entry?, [Diagnostic]) {
        var reader = Reader(file: file)
        let document = reader.document(text)
        guard let document, let entry = reader.entry(document, manifests: catalogue.manifests) else {
            return (nil, reader.diagnostics.sorted())
        }
        let around = Surroundings(
            departments: catalogue.departments, lists: catalogue.lists, manifests: catalogue.manifests,
            entries: catalogue.entries)
        let draft = Draft(noun: entry, file: file, places: reader.places)
        let diagnostics = reader.diagnostics + EntryRule.all.flatMap { $0.check(draft, around) }
        return (diagnostics.isEmpty ? entry : nil, diagnostics.sorted())
    }

    func load(_ files: CatalogFiles) -> (Catalogue, [Diagnostic]) {
        var reading = CatalogReading(files: files)
        reading.readManifests()
        reading.readLists()
        reading.readDepartments()
        reading.readEntries()
        reading.readSubjects()
        return (reading.catalogue, reading.diagnostics.sorted())
    }
}
