import ArgumentParser
import Exchange
import Model
import Store

struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "Records that were refused: what to send back to whom.",
        discussion: """
            A refused record is kept whole with its findings until it is replayed, dismissed, or sent again.

            Example:
              huitong quarantine list --department market-regulation --format csv > to-market-regulation.csv
              huitong quarantine replay --entry resident --reason "the list of ethnicities was completed"
            """,
        subcommands: [
            QuarantineListCommand.self, QuarantineShowCommand.self, QuarantineReplayCommand.self,
            QuarantineDismissCommand.self,
        ])
}

/// Which records a decision on the quarantine is about.
struct QuarantineDecisionOptions: ParsableArguments {
    @Argument(help: "Numbers of records, as list shows them.")
    var numbers: [Int64] = []

    @Option(help: ArgumentHelp("All open records of an entry.", valueName: "name"))
    var entry: String?

    @OptionGroup var by: OperatorOptions
    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard numbers.isEmpty != (entry == nil) else {
            throw ValidationError("Name records by number, or all open ones of an entry with --entry.")
        }
    }

    /// Makes a decision, and says what it did.
    func decide(
        _ done: String, _ verb: (any ExchangeControl, ControlQuarantine) async throws(Fault) -> ControlDone
    ) async throws {
        let settings = try await options.settings()
        let records = ControlQuarantine(numbers: numbers, entry: entry, who: by.name, reason: by.reason)
        let result = try await controlling(settings) { try await verb($0, records) }
        output.print(result) {
            "\(result.count) \(done)" + (result.left > 0 ? ", \(result.left) stay" : "")
        }
    }
}
