import ArgumentParser
import Catalog
import Exchange
import Foundation
import Model

struct AdapterListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the adapters.",
        discussion: """
            Example:
              huitong adapter list
            """)

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings(isRequired: false)
        let manifests = Adapters(settings).manifests
        output.print(manifests) {
            guard !manifests.isEmpty else { return "there is no adapter in \(Adapters.places(settings))" }
            var table = TextTable(["ADAPTER", "FORMAT", "SUMMARY"])
            for manifest in manifests { table.append([manifest.name, manifest.format.rawValue, manifest.summary]) }
            return table.text
        }
    }
}

/// The adapters of the settings' folders, without a look at the catalogue.
struct Adapters {
    let manifests: [Manifest]

    init(_ settings: Settings) {
        let (catalogue, _) = CatalogLoader().load(catalog: settings.catalog, adapters: settings.adapters)
        manifests = catalogue.manifests.values.sorted { $0.name < $1.name }
    }

    /// Where adapters are looked for.
    static func places(_ settings: Settings) -> String { settings.adapters.map(\.path).joined(separator: ", ") }

    static func unknown(_ name: String, _ settings: Settings) -> Fault {
        Fault(
            .badAdapter, "there is no adapter named \(name.prefix(64)) in \(places(settings))",
            advice: "See which there are: huitong adapter list")
    }
}
