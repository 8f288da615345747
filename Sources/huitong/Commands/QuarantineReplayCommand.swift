import ArgumentParser
import Exchange
import Model

struct QuarantineReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Normalise refused records again as the entry is now, and publish those that pass.",
        discussion: """
            Who, when and why is kept with each record.

            Example:
              huitong quarantine replay 7 8 --reason "the list of ethnicities was completed"
              huitong quarantine replay --entry resident --reason "the list of ethnicities was completed"
            """)

    @OptionGroup var decision: QuarantineDecisionOptions

    func run() async throws {
        try await decision.decide("replayed") { control, records throws(Fault) in try await control.replay(records) }
    }
}
