import AdapterEngine
import ArgumentParser
import Exchange
import Foundation
import Model

struct AdapterTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Replay an adapter's transcripts and compare with its golden records.",
        discussion: """
            Ends with 1 where anything differs.

            Example:
              huitong adapter test
              huitong adapter test http-json
            """)

    @Argument(help: "Names of adapters; without one, all.")
    var adapters: [String] = []

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    /// What became of one transcript of one adapter.
    struct Line: Encodable {
        var adapter: String
        var transcript: String
        var differences: [String]
    }

    func run() async throws {
        let settings = try await options.settings(isRequired: false)
        let names = adapters.isEmpty ? Adapters(settings).manifests.map(\.name) : adapters
        var lines: [Line] = []
        for name in names {
            let test = try AdapterTest(folder: settings.adapters.appending(path: name))
            for result in try await test.run() {
                lines.append(Line(adapter: name, transcript: result.transcript, differences: result.differences))
            }
        }
        output.print(lines) {
            lines.map { line in
                let verdict = line.differences.isEmpty ? "as expected" : "differs"
                return (["\(line.adapter) \(line.transcript): \(verdict)"] + line.differences.map { "  \($0)" })
                    .joined(separator: "\n")
            }.joined(separator: "\n")
        }
        if lines.contains(where: { !$0.differences.isEmpty }) { throw ExitCode(1) }
    }
}
