import ArgumentParser
import Exchange
import Foundation
import Model

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "What is missing on this machine, and the command that mends it.",
        discussion: """
            Looks at libraries' data, settings, catalogue, secrets, data directory, disk and port; changes nothing. Ends \
            with 1 where something keeps the exchange from working.

            Example:
              huitong doctor
            """)

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let findings = await Checkup(options: options).findings()
        output.print(findings) {
            let style = Style()
            return findings.map { finding in
                let mark =
                    switch finding.state {
                    case .well: style.green("ok      ")
                    case .warning: style.yellow("warning ")
                    case .problem: style.red("problem ")
                    }
                return "\(mark) \(finding.what): \(finding.message)" + (finding.mend.map { "\n           \($0)" } ?? "")
            }.joined(separator: "\n")
        }
        if findings.contains(where: { $0.state == .problem }) { throw ExitCode(1) }
    }
}
