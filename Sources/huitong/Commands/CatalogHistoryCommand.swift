import ArgumentParser
import Exchange
import Model
import Store

struct CatalogHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List the versions of an entry: when, by whom, why.",
        discussion: """
            Example:
              huitong catalog history enterprise-registration
            """)

    @Argument(help: "The entry's name.")
    var entry: String

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings()
        let versions = try await reading(settings) { try await $0.store.registrationHistory(of: entry) }
        guard !versions.isEmpty else {
            throw Fault(
                .unknownEntry, "no entry named \(entry.prefix(64)) was ever registered",
                advice: "See what there is: huitong catalog list")
        }
        output.print(versions) {
            var table = TextTable(["VERSION", "AT", "WHO", "REASON"])
            for version in versions {
                table.append([String(version.version), version.at, version.who, version.reason])
            }
            return table.text
        }
    }
}
