import ArgumentParser
import Exchange
import Foundation
import Model

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Run entries now, with progress.",
        discussion: """
            Fetches, checks and publishes. Ends with 0 where every run was published, 3 where one was held for a person \
            to look at, 1 where one failed.

            Example:
              huitong sync enterprise-registration
              huitong sync --all
              huitong sync rural-collective --snapshot
            """)

    @Argument(help: "Names of entries.")
    var entries: [String] = []

    @Flag(help: "Run every entry that is registered and not paused.")
    var all = false

    @Flag(help: "Ask entries that deliver changes for everything, so that what is absent counts as removed.")
    var snapshot = false

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard all != !entries.isEmpty else {
            throw ValidationError("Name entries, or say --all. Example: huitong sync enterprise-registration")
        }
    }

    func run() async throws {
        let settings = try await options.settings()
        let board = ProgressBoard()
        let order = ControlSync(entries: entries, isSnapshot: snapshot ? true : nil)
        let isText = output.format == .text
        let runs = try await controlling(settings) { control in
            try await control.sync(order) { step in if isText { board.show(step) } }
        }
        board.clear()
        output.print(runs) {
            runs.isEmpty ? "no entry is registered: huitong catalog register FILE" : RunText.table(runs)
        }
        if isText { RunText.advice(runs).forEach(Console.note) }
        if runs.contains(where: { $0.state == .failed || $0.state == .cancelled }) { throw ExitCode(1) }
        if runs.contains(where: { $0.state == .held }) { throw ExitCode(3) }
    }
}
