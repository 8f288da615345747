import ArgumentParser
import Foundation

/// How a command answers.
struct OutputOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Option(help: ArgumentHelp("For people, or for scripts: text or json.", valueName: "format"))
    var format: Format = .text

    /// Prints a value for scripts, or says it for people.
    func print(_ value: some Encodable, text: () -> String) {
        switch format {
        case .json: Console.json(value)
        case .text: Console.line(text())
        }
    }
}
