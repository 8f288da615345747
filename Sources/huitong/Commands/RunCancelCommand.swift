import ArgumentParser
import Exchange
import Model

struct RunCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Stop a run under way for good, or end one that was interrupted.",
        discussion: """
            Who, when and why is kept with the run.

            Example:
              huitong run cancel 42 --reason "the source is being moved"
            """)

    @OptionGroup var decision: RunDecisionOptions

    func run() async throws {
        try await decision.decide { control, decision throws(Fault) in try await control.cancel(decision) }
    }
}
