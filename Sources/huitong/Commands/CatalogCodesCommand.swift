import ArgumentParser
import Catalog
import Exchange
import Foundation
import Model

struct CatalogCodesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codes",
        abstract: "List the code lists, or show one: its codes, when they are valid, what took their place.",
        discussion: """
            Reads the catalogue's folder. A code without dates is valid as long as the list is.

            Example:
              huitong catalog codes
              huitong catalog codes divisions
              huitong catalog codes gender --format json
            """)

    @Argument(help: "The list's name; without one, the lists there are.")
    var list: String?

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    /// One list among the others.
    struct Line: Encodable {
        var name: String
        var title: String
        var codes: Int
        var standard: String?
        var source: String?
        var validFrom: String?
        var validTo: String?

        init(_ list: CodeList) {
            name = list.name
            title = list.title
            codes = list.codes.count
            standard = list.standard
            source = list.source
            validFrom = list.validFrom
            validTo = list.validTo
        }
    }

    func run() async throws {
        let settings = try await options.settings(isRequired: false)
        let (catalogue, mistakes) = CatalogLoader().load(catalog: settings.catalog, adapters: settings.adapters)
        guard let list else {
            let lists = catalogue.lists.values.sorted { $0.name < $1.name }
            return output.print(lists.map(Line.init)) { CodeListText.table(lists) }
        }
        guard let found = catalogue.lists[list] else {
            let broken = mistakes.filter { $0.file.hasSuffix("/\(list).csv") }
            throw Fault(
                .badCatalogue,
                broken.isEmpty
                    ? "there is no code list \(list.prefix(64)) in \(settings.catalog.path)"
                    : broken.map(\.description).joined(separator: "\n"),
                advice: broken.isEmpty ? "See which there are: huitong catalog codes" : "Correct the file.")
        }
        output.print(found) { CodeListText.details(found) }
    }
}
