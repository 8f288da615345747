import ArgumentParser
import Exchange
import Model

struct RunPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish a held run.",
        discussion: """
            Who, when and why is kept with the run.

            Example:
              huitong run publish 42 --reason "the department confirmed the closures"
            """)

    @OptionGroup var decision: RunDecisionOptions

    func run() async throws {
        try await decision.decide { control, decision throws(Fault) in try await control.publish(decision) }
    }
}
