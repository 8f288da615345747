import ArgumentParser
import Catalog
import Exchange
import Model
import Store

struct CatalogListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List entries: those of the catalogue's folder and those registered.",
        discussion: """
            Example:
              huitong catalog list
              huitong catalog list --format json
            """)

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    /// One entry of the list.
    struct Line: Encodable {
        var entry: String
        var title: String
        var department: String
        /// Nil where it stands in the folder only.
        var version: Int?
        var isPaused: Bool
        var isInFolder: Bool
        /// The folder has another text than the one registered.
        var isChanged: Bool
    }

    func run() async throws {
        let settings = try await options.settings()
        let lines = try await reading(settings) { workshop in
            CatalogListCommand.lines(
                try await workshop.store.registrations(), folder: workshop.facilities.catalogue.current)
        }
        output.print(lines) {
            guard !lines.isEmpty else { return "the catalogue is empty" }
            var table = TextTable(["ENTRY", "TITLE", "DEPARTMENT", "VERSION", "STATE"])
            for line in lines {
                table.append([
                    line.entry, line.title, line.department, line.version.map(String.init) ?? "-",
                    line.version == nil
                        ? "not registered" : line.isPaused ? "paused" : line.isChanged ? "file differs" : "registered",
                ])
            }
            return table.text
        }
    }

    private static func lines(_ registrations: [Registration], folder: Catalogue) -> [Line] {
        var lines = registrations.map { registration in
            let name = registration.entry.name
            return Line(
                entry: name, title: registration.entry.title, department: registration.entry.department,
                version: registration.version, isPaused: registration.isPaused,
                isInFolder: folder.entries[name] != nil,
                isChanged: folder.sources[name].map { $0 != registration.text } ?? false)
        }
        let registered = Set(lines.map(\.entry))
        for entry in folder.entries.values where !registered.contains(entry.name) {
            lines.append(
                Line(
                    entry: entry.name, title: entry.title, department: entry.department, version: nil,
                    isPaused: false, isInFolder: true, isChanged: false))
        }
        return lines.sorted { $0.entry < $1.entry }
    }
}
