import ArgumentParser
import Exchange
import Model

struct RunDiscardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "End a held run without effect; what is served stays.",
        discussion: """
            Who, when and why is kept with the run.

            Example:
              huitong run discard 42 --reason "the department sent last week's file"
            """)

    @OptionGroup var decision: RunDecisionOptions

    func run() async throws {
        try await decision.decide { control, decision throws(Fault) in try await control.discard(decision) }
    }
}
