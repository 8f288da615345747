import Foundation
import Testing

@testable import huitong

@Suite struct HelpTests {
    /// A command as `--experimental-dump-help` describes it.
    struct Command: Decodable {
        struct Argument: Decodable {
            struct Name: Decodable {
                var name: String
            }
            var names: [Name]?
            var preferredName: Name?
            var kind: String
            var valueName: String?
            var abstract: String?

            /// As the manual writes it.
            var form: String {
                guard let name = preferredName?.name else { return valueName ?? "" }
                let dashed = (name.count == 1 ? "-" : "--") + name
                return kind == "flag" ? dashed : "\(dashed) \(valueName ?? "")"
            }
        }
        var commandName: String
        var arguments: [Argument]?
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

    @Test func everyArgumentIsInTheManual() throws {
        let manual = try String(
            contentsOf: Program.repository.appending(path: "docs/commands.md"), encoding: .utf8)
        // Those of every command are told once, at the beginning.
        let common = manual.prefix(upTo: try #require(manual.firstRange(of: "\n## `")).lowerBound).lowercased()
        var count = 0
        for (name, command) in try HelpTests.commands().dropFirst() {
            let start = try #require(manual.firstRange(of: "\n## `\(name)`\n")).upperBound
            let section = manual[start...].prefix(
                upTo: manual[start...].firstRange(of: "\n## ")?.lowerBound ?? manual.endIndex)
            for argument in command.arguments ?? [] where !["help", "version"].contains(argument.preferredName?.name) {
                let row = "| `\(argument.form)` | \(argument.abstract ?? "?")"
                #expect(section.contains(row) || common.contains("`\(argument.form.lowercased())`"), "\(name): \(row)")
                count += 1
            }
        }
        #expect(count > 100)
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
