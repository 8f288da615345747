import ArgumentParser
import Exchange
import Model

struct QuarantineDismissCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dismiss",
        abstract: "Close refused records for good.",
        discussion: """
            Who, when and why is kept with each record.

            Example:
              huitong quarantine dismiss 7 8 --reason "test records of the department"
              huitong quarantine dismiss --entry resident --reason "test records of the department"
            """)

    @OptionGroup var decision: QuarantineDecisionOptions

    func run() async throws {
        try await decision.decide("dismissed") { control, records throws(Fault) in try await control.dismiss(records) }
    }
}
