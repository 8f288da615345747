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
            Ends with 1 where anything differs. With --record, what came out is written as the golden records, and the \
            table of parameters into the adapter's README: read both before you keep them.

            Example:
              huitong adapter test
              huitong adapter test http-json
              huitong adapter test http-json --cut
            """)

    @Argument(help: "Names of adapters; without one, all.")
    var adapters: [String] = []

    @Flag(help: "Write golden records and the README's table instead of comparing; the adapters have to be named.")
    var record = false

    @Flag(help: "Also let every answer arrive in other pieces, and break off anywhere.")
    var cut = false

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    /// What became of one transcript of one adapter, or of what all of them are held to.
    struct Line: Encodable {
        var adapter: String
        var transcript: String
        var isRecorded: Bool
        var differences: [String]

        var text: String {
            let verdict = !differences.isEmpty ? "differs" : isRecorded ? "recorded" : "as expected"
            return (["\(adapter) \(transcript): \(verdict)"] + differences.map { "  \($0)" }).joined(separator: "\n")
        }
    }

    func validate() throws {
        if record, adapters.isEmpty { throw ValidationError("--record wants the names of the adapters it records.") }
    }

    func run() async throws {
        let settings = try await options.settings(isRequired: false)
        let names = adapters.isEmpty ? Adapters(settings).manifests.map(\.name) : adapters
        var lines: [Line] = []
        for name in names { lines += try await test(name, try AdapterTest(folder: folder(of: name, settings))) }
        output.print(lines) { lines.map(\.text).joined(separator: "\n") }
        if lines.contains(where: { !$0.differences.isEmpty }) { throw ExitCode(1) }
    }

    private func test(_ name: String, _ test: AdapterTest) async throws(Fault) -> [Line] {
        var lines = try await test.run(recording: record).map { result in
            Line(
                adapter: name, transcript: result.transcript, isRecorded: record, differences: result.differences)
        }
        if lines.isEmpty {
            let missing = "there is none: write transcripts/<name>/exchanges.yaml and the answers beside it"
            lines.append(Line(adapter: name, transcript: "transcripts", isRecorded: false, differences: [missing]))
        }
        lines.append(readme(name, test))
        guard cut else { return lines }
        let violations = await AdapterConformance(test).violations()
        lines.append(
            Line(adapter: name, transcript: "in pieces and cut", isRecorded: false, differences: violations))
        return lines
    }

    private func readme(_ name: String, _ test: AdapterTest) -> Line {
        var line = Line(adapter: name, transcript: "README.md", isRecorded: record, differences: [])
        do throws(Fault) {
            if try !test.checkReadme(recording: record) {
                line.differences = ["its table of parameters is not the manifest's; --record writes it"]
            }
        } catch {
            line.differences = [error.message] + (error.advice.map { [$0] } ?? [])
        }
        return line
    }

    /// The adapter's folder, in the first of the folders that has one of that name.
    private func folder(of name: String, _ settings: Settings) throws(Fault) -> URL {
        let folders = settings.adapters.map { $0.appending(path: name) }
        let found = folders.first { folder in
            FileManager.default.fileExists(atPath: folder.appending(path: "adapter.yaml").path)
        }
        guard let found else { throw Adapters.unknown(name, settings) }
        return found
    }
}
