import ArgumentParser
import Exchange
import Model
import Store

struct CatalogShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a registered entry as it was written, and who registered it.",
        discussion: """
            Example:
              huitong catalog show enterprise-registration
              huitong catalog show enterprise-registration --version-number 2
            """)

    @Argument(help: "The entry's name.")
    var entry: String

    @Option(help: ArgumentHelp("An older version; without it, the one that runs.", valueName: "number"))
    var versionNumber: Int?

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings()
        let versions = try await reading(settings) { try await $0.store.registrationHistory(of: entry) }
        let wanted = versionNumber ?? versions.map(\.version).max()
        guard let found = versions.first(where: { $0.version == wanted }) else {
            throw Fault(
                .unknownEntry, "\(entry.prefix(64)) has no registered version\(versionNumber.map { " \($0)" } ?? "")",
                advice: "See what there is: huitong catalog list")
        }
        output.print(found) {
            """
            # \(found.entry.name), version \(found.version), registered by \(found.who) at \(found.at): \(found.reason)\
            \(found.isPaused ? "\n# paused" : "")
            \(found.text)
            """
        }
    }
}
