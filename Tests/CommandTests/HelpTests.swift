import Foundation
import Testing

@testable import huitong

@Suite struct HelpTests {
    /// A command as `--experimental-dump-help` describes it.
    struct Command: Decodable {
        var commandName: String
        var abstract: String?
        var discussion: String?
        var subcommands: [Command]?

        /// Every command below with its full name.
        func all(_ prefix: String = "") -> [(name: String, command: Command)] {
            let name = prefix.isEmpty ? commandName : "\(prefix) \(commandName)"
            return [(name, self)]
                + (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { $0.all(name) }
        }
    }

    struct Dump: Decodable {
        var command: Command
    }

    static func commands() throws -> [(name: String, command: Command)] {
        let output = try Program().run("--experimental-dump-help").output
        return try JSONDecoder().decode(Dump.self, from: Data(output.utf8)).command.all()
    }

    @Test func everyCommandSaysWhatItDoesWithAnExample() throws {
        let commands = try HelpTests.commands()
        #expect(commands.count > 30)
        for (name, command) in commands.dropFirst() {
            #expect(command.abstract?.isEmpty == false, "\(name)")
            #expect(command.discussion?.contains("Example:") == true, "\(name)")
            #expect(command.discussion?.contains(name) == true || command.subcommands != nil, "\(name)")
        }
    }

    @Test func everyCommandIsInTheManual() throws {
        let manual = try String(
            contentsOf: Program.repository.appending(path: "docs/commands.md"), encoding: .utf8)
        for (name, command) in try HelpTests.commands().dropFirst() {
            #expect(manual.contains("## `\(name)`\n\n\(command.abstract ?? "?")"), "\(name)")
        }
    }

    @Test func everySettingIsInTheManual() throws {
        let manual = try String(
            contentsOf: Program.repository.appending(path: "docs/settings.md"), encoding: .utf8)
        let rows = Setting.table.map { setting in
            "| `\(setting.key)` | \(setting.standard.isEmpty ? "" : "`\(setting.standard)`") | \(setting.about) |"
        }
        #expect(manual.contains(rows.joined(separator: "\n")))
    }
}
