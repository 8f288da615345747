import ArgumentParser

struct CatalogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "What datasets there are, and which version of each runs.",
        discussion: """
            Example:
              huitong catalog draft http://127.0.0.1:9000/enterprises --records /data/rows > enterprise.yaml
              huitong catalog register enterprise.yaml --reason "first registration"
            """,
        subcommands: [
            CatalogDraftCommand.self, CatalogListCommand.self, CatalogShowCommand.self, CatalogRegisterCommand.self,
            CatalogPauseCommand.self, CatalogResumeCommand.self, CatalogHistoryCommand.self,
            CatalogCodesCommand.self,
        ])
}
