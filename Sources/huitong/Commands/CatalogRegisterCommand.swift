import ArgumentParser
import Exchange
import Model

struct CatalogRegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Check an entry, preview one page of it, and store it as a version.",
        discussion: """
            The daemon runs registered versions; who registered one and why is kept. Registering the same text again \
            changes nothing.

            Example:
              huitong catalog register Catalog/entries/legal-entity/enterprise-registration.yaml \\
                --reason "the department added the registrar"
            """)

    @Argument(help: "The entry's file.")
    var file: String

    @OptionGroup var by: OperatorOptions
    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings()
        let registration = ControlRegistration(
            text: try TextFile.read(file), file: file, who: by.name, reason: by.reason)
        let registered = try await controlling(settings, registersFolder: false) {
            try await $0.register(registration)
        }
        output.print(registered) {
            registered.isUnchanged
                ? "\(registered.entry) is version \(registered.version) already"
                : "\(registered.entry) is registered as version \(registered.version): huitong sync \(registered.entry)"
        }
    }
}
