import ArgumentParser
import Exchange
import Foundation
import Model

struct AdapterShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an adapter's parameters: what an entry can write under with.",
        discussion: """
            Example:
              huitong adapter show http-json
            """)

    @Argument(help: "The adapter's name.")
    var adapter: String

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings(isRequired: false)
        guard let manifest = Adapters(settings).manifests.first(where: { $0.name == adapter }) else {
            throw Adapters.unknown(adapter, settings)
        }
        output.print(manifest) { AdapterText.details(manifest) }
    }
}
