import ArgumentParser
import Exchange
import Foundation
import Model

struct AdapterShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an adapter's parameters: what an entry can write under with.",
        discussion: """
            Example:
              huitong adapter show http-json
            """)

    @Argument(help: "The adapter's name.")
    var adapter: String

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings(isRequired: false)
        guard let manifest = Adapters(settings).manifests.first(where: { $0.name == adapter }) else {
            throw Fault(
                .badAdapter, "there is no adapter named \(adapter.prefix(64)) in \(settings.adapters.path)",
                advice: "See which there are: huitong adapter list")
        }
        output.print(manifest) {
            var table = TextTable(["PARAMETER", "TYPE", "DEFAULT", "ABOUT"])
            for parameter in manifest.parameters {
                let choices = parameter.choices.isEmpty ? "" : " (\(parameter.choices.joined(separator: ", ")))"
                table.append([
                    parameter.name, parameter.type.rawValue,
                    parameter.isRequired ? "required" : parameter.standard.map(\.text) ?? "-",
                    parameter.about + choices,
                ])
            }
            return "\(manifest.name): \(manifest.title). \(manifest.summary)\n\n\(table.text)"
        }
    }
}

extension ParameterValue {
    /// The value as an entry would write it.
    fileprivate var text: String {
        switch self {
        case .text(let text): text.isEmpty ? "\"\"" : text
        case .number(let number): String(number)
        case .flag(let flag): String(flag)
        case .list(let list): "[\(list.joined(separator: ", "))]"
        case .pairs(let pairs):
            "{\(pairs.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
        }
    }
}
