import ArgumentParser

struct AdapterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapter",
        abstract: "Kinds of sources that can be read, and their parameters.",
        discussion: """
            Example:
              huitong adapter list
              huitong adapter show http-json
            """,
        subcommands: [AdapterListCommand.self, AdapterShowCommand.self, AdapterTestCommand.self])
}
