import ArgumentParser
import Exchange
import Model

struct CatalogPauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Stop an entry's schedule; what is served stays.",
        discussion: """
            Example:
              huitong catalog pause enterprise-registration --reason "the system is being moved"
            """)

    @Argument(help: "The entry's name.")
    var entry: String

    @OptionGroup var by: OperatorOptions
    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings()
        let order = ControlPause(entry: entry, who: by.name, reason: by.reason)
        let done = try await controlling(settings) { try await $0.pause(order) }
        output.print(done) { "\(entry) is \(done.count == 0 ? "already " : "")paused" }
    }
}
