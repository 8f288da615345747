import ArgumentParser
import Exchange
import Model

struct CatalogDraftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "draft", abstract: "x", discussion: "Example:")
    func run() async throws {}
}
