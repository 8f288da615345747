import AdapterEngine
import ArgumentParser
import Exchange
import Foundation
import Model
import Store

struct RunShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a run: what it changed or would change, how long it took, why it was held or failed.",
        discussion: """
            Example:
              huitong run show 42
            """)

    @Argument(help: "The run's number.")
    var number: Int64

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings()
        let run = try await reading(settings) { workshop in
            guard let run = try await workshop.store.run(number) else {
                throw Fault(
                    .notFound, "there is no run \(number)", advice: "See the last ones: huitong status",
                    context: ["run": String(number)])
            }
            return run
        }
        let log = ProgramHost.log(of: number, data: URL(filePath: DataDirectory(path: settings.data).programs)).path
        let isKept = FileManager.default.fileExists(atPath: log)
        output.print(run) { RunText.details(run, log: isKept ? log : nil) }
    }
}
