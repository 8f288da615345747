import ArgumentParser
import Catalog
import Exchange
import Foundation
import Model
import Store

struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Fetch one page and show raw beside normal; writes nothing.",
        discussion: """
            Takes an entry of the catalogue's folder, a registered one, or a file. Values of fields graded 3 or higher \
            are hidden unless --reveal is given.

            Example:
              huitong preview enterprise-registration -n 3
              huitong preview Catalog/entries/geospatial/street.yaml --reveal
            """)

    @Argument(help: "The name of an entry, or its file.")
    var entry: String

    @Option(name: .short, help: ArgumentHelp("Records to show.", valueName: "count"))
    var n = 10

    @Flag(help: "Show values of graded fields.")
    var reveal = false

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings()
        let (found, preview) = try await reading(settings) { workshop in
            let entry = try await workshop.entry(named: entry)
            let operations = Operations(
                facilities: workshop.facilities, runner: Runner(facilities: workshop.facilities, limit: 1))
            return (entry, try await operations.preview(entry, records: max(n, 0)))
        }
        let shown = reveal ? preview : preview.masked(as: found)
        output.print(shown) { PreviewText(entry: found, preview: shown).text }
    }
}

extension Workshop {
    /// An entry by its name in the folder or among those registered, or by its file.
    func entry(named name: String) async throws(Fault) -> Entry {
        if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            let (entry, diagnostics) = facilities.catalogue.entry(yaml: try TextFile.read(name), file: name)
            guard let entry else {
                throw Fault(
                    .badCatalogue, diagnostics.map(\.description).joined(separator: "\n"),
                    advice: "Correct the file.", context: ["file": name])
            }
            return entry
        }
        if let entry = facilities.catalogue.current.entries[name] { return entry }
        if let found = try await store.registration(of: name) { return found.entry }
        throw Fault(
            .unknownEntry, "there is no entry named \(name.prefix(64))",
            advice: "See what there is: huitong catalog list", context: ["entry": String(name.prefix(64))])
    }
}

extension Preview {
    /// The same without what fields graded 3 or higher say, in either form.
    func masked(as entry: Entry) -> Preview {
        let hidden = entry.fields.filter { $0.isMasked || $0.isWithheld }
        let names = Set(hidden.map(\.name))
        let paths = Set(hidden.flatMap(\.source.paths))
        var copy = self
        for index in copy.records.indices {
            copy.records[index].raw = records[index].raw.map { paths.contains($0.name) ? $0.hidden : $0 }
            copy.records[index].normal = records[index].normal.map { names.contains($0.name) ? $0.hidden : $0 }
        }
        return copy
    }
}

extension Preview.Value {
    /// A value of which only its length is told.
    fileprivate var hidden: Preview.Value {
        var copy = self
        copy.value = value.map(Masking.hidden)
        return copy
    }
}

/// Hides values from whoever looks over a shoulder.
enum Masking {
    /// Stars for a value's characters, so that only its length is told.
    static func hidden(_ value: String) -> String { String(repeating: "*", count: min(value.count, 18)) }
}
