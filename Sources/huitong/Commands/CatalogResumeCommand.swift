import ArgumentParser
import Exchange
import Model

struct CatalogResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Start an entry's schedule again.",
        discussion: """
            Example:
              huitong catalog resume enterprise-registration --reason "the system is back"
            """)

    @Argument(help: "The entry's name.")
    var entry: String

    @OptionGroup var by: OperatorOptions
    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings()
        let order = ControlPause(entry: entry, who: by.name, reason: by.reason)
        let done = try await controlling(settings) { try await $0.resume(order) }
        output.print(done) { "\(entry) is \(done.count == 0 ? "already " : "")running by its schedule" }
    }
}
