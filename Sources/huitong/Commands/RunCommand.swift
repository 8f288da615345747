import ArgumentParser
import Exchange
import Foundation
import Model

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Look at a run, and decide on a held one.",
        discussion: """
            A held run is complete but suspicious: it serves nothing new until somebody publishes or discards it.

            Example:
              huitong run show 42
              huitong run publish 42 --reason "the department confirmed the closures"
            """,
        subcommands: [
            RunShowCommand.self, RunPublishCommand.self, RunDiscardCommand.self, RunCancelCommand.self,
        ])
}

/// The arguments of a decision on a run.
struct RunDecisionOptions: ParsableArguments {
    @Argument(help: "The run's number.")
    var number: Int64

    @OptionGroup var by: OperatorOptions
    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    /// Makes a decision, and shows what became of the run.
    func decide(
        _ verb: (any ExchangeControl, ControlDecision) async throws(Fault) -> Run
    ) async throws {
        let settings = try await options.settings()
        let decision = ControlDecision(run: number, who: by.name, reason: by.reason)
        let run = try await controlling(settings) { try await verb($0, decision) }
        output.print(run) { RunText.details(run) }
    }
}
