import ArgumentParser
import Catalog
import Exchange
import Foundation
import Model

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate the catalogue and the adapters.",
        discussion: """
            Every mistake is told at its file:line:column, with what is wrong and what would be right. Without a path, \
            the settings' catalogue is checked; a folder is checked as a catalogue, a file as an entry of the settings' \
            catalogue. Ends with 1 where there is a mistake.

            Example:
              huitong check
              huitong check Catalog/entries/legal-entity/enterprise-registration.yaml
            """)

    @Argument(help: "Folders of a catalogue, or files of entries.")
    var paths: [String] = []

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings(isRequired: false)
        var diagnostics: [Diagnostic] = []
        var entries = 0
        let targets = paths.isEmpty ? [settings.catalog.path] : paths
        for path in targets {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Fault(
                    .badCatalogue, "there is no \(path)", advice: "Name a catalogue's folder or an entry's file.",
                    context: ["file": path])
            }
            let (count, found) =
                isFolder.boolValue ? folder(path, settings) : try file(path, settings)
            entries += count
            diagnostics += found
        }
        output.print(diagnostics) {
            let mistakes = diagnostics.map(\.description).joined(separator: "\n")
            return diagnostics.isEmpty
                ? "\(entries) \(entries == 1 ? "entry is" : "entries are") well"
                : "\(mistakes)\n\(diagnostics.count) \(diagnostics.count == 1 ? "mistake" : "mistakes")"
        }
        if !diagnostics.isEmpty { throw ExitCode(1) }
    }

    private func folder(_ path: String, _ settings: Settings) -> (Int, [Diagnostic]) {
        let (catalogue, found) = CatalogLoader().load(catalog: URL(filePath: path), adapters: settings.adapters)
        return (catalogue.entries.count, found)
    }

    private func file(_ path: String, _ settings: Settings) throws(Fault) -> (Int, [Diagnostic]) {
        let text = try TextFile.read(path)
        let current = CurrentCatalogue(catalog: settings.catalog, adapters: settings.adapters)
        let (entry, found) = current.entry(yaml: text, file: path)
        return (entry == nil ? 0 : 1, found)
    }
}
