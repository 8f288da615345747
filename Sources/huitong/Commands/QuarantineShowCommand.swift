import ArgumentParser
import Exchange
import Model
import Normalizing
import Store

struct QuarantineShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a refused record with all its findings.",
        discussion: """
            Values of fields graded 3 or higher are masked, and the record itself is left out, unless --reveal is given.

            Example:
              huitong quarantine show 7 --reveal
            """)

    @Argument(help: "The record's number, as list shows it.")
    var number: Int64

    @Flag(help: "Show the record as it was read.")
    var reveal = false

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await options.settings()
        let record = try await reading(settings) { workshop in
            guard let found = try await workshop.store.quarantined(number: number) else {
                throw Fault(
                    .notFound, "no record of the quarantine has the number \(number)",
                    advice: "See which there are: huitong quarantine list", context: ["record": String(number)])
            }
            if reveal { return FindingValues.revealed(found) }
            return FindingValues(try await workshop.store.registrations()).shown(found)
        }
        output.print(record) {
            var lines = [
                "record    \(record.number) of \(record.entry), \(record.state.rawValue)",
                "read      by run \(record.run) at \(record.at), page \(record.refusal.locator.page), "
                    + "record \(record.refusal.locator.record)",
            ]
            if let who = record.who { lines.append("decision  by \(who): \(record.reason ?? "")") }
            for finding in record.refusal.findings {
                lines.append("finding   \(finding.field): \(finding.message) [\(finding.rule)]")
                if let rule = FindingRule(rawValue: finding.rule) { lines.append("          \(rule.explanation)") }
                if let value = finding.value { lines.append("          value \(value)") }
                if let path = finding.path { lines.append("          path  \(path)") }
            }
            if reveal { lines.append("raw       \(record.refusal.raw)") }
            return lines.joined(separator: "\n")
        }
    }
}
