import ArgumentParser
import Exchange
import Foundation
import Model
import Store

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Freshness, last runs, counts.",
        discussion: """
            Asks the daemon where one runs, and reads the data directory where none does. Ends with 1 where the \
            catalogue's files have mistakes.

            Example:
              huitong status
              huitong status enterprise-registration
              huitong status enterprise-registration --findings
              huitong status enterprise-registration --findings --csv > to-market-regulation.csv
              huitong status --quality
            """)

    @Argument(help: "The name of an entry; without one, all.")
    var entry: String?

    @Flag(help: "What is wrong with records of the entry that are served, field by field.")
    var findings = false

    @Flag(help: "With --findings, a file for the department, which says in Chinese what each rule means.")
    var csv = false

    @Flag(help: "How complete, valid, unique, consistent and timely each collection is (GB/T 36344-2018).")
    var quality = false

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    /// Findings of an entry that are shown at most.
    private static let findingLimit = 1_000

    func validate() throws {
        guard csv, !findings else { return }
        throw ValidationError("--csv goes with --findings.")
    }

    func run() async throws {
        let settings = try await options.settings()
        if findings { return try await listFindings(settings) }
        var status = try await status(settings)
        if let entry {
            status.entries = status.entries.filter { $0.entry == entry }
            status.subjects = status.subjects.filter { $0.subject == entry }
            guard !status.entries.isEmpty || quality && !status.subjects.isEmpty else {
                throw Fault(
                    .unknownEntry, "no entry named \(entry.prefix(64)) is registered",
                    advice: "See what there is: huitong catalog list")
            }
        }
        if quality { return output.print(status) { QualityText.table(status) } }
        let runs = entry == nil ? [] : try await last(settings)
        output.print(status) { StatusText(status: status, runs: runs).text }
        if !status.catalogue.problems.isEmpty { throw ExitCode(1) }
    }

    private func listFindings(_ settings: Settings) async throws {
        guard let entry else {
            throw Fault(
                .badRequest, "--findings needs an entry or subject",
                advice: "Example: huitong status enterprise-registration --findings")
        }
        let found = try await reading(settings) { workshop in
            let values = FindingValues(try await workshop.store.registrations())
            return try await workshop.store.findings(of: entry, limit: StatusCommand.findingLimit).map { found in
                var shown = found
                shown.finding = values.shown(found.finding, of: entry)
                return shown
            }
        }
        if csv { return Console.write(Array(FindingText.csv(found).utf8)) }
        output.print(found) { FindingText.table(found) }
    }

    private func status(_ settings: Settings) async throws -> ExchangeStatus {
        let directory = DataDirectory(path: settings.data)
        if DirectoryLock.isHeld(directory), FileManager.default.fileExists(atPath: directory.socket) {
            if let status = await DaemonClient(socket: directory.socket).statusAtOnce() { return status }
            let holder = DirectoryLock.holder(of: directory).map { "process \($0)" } ?? "a process"
            Console.note("\(holder) has the data directory and does not answer: what follows is read from the file")
        }
        return try await reading(settings) { workshop in
            try await Operations(
                facilities: workshop.facilities, runner: Runner(facilities: workshop.facilities, limit: 1)
            ).status()
        }
    }

    private func last(_ settings: Settings) async throws -> [Run] {
        try await reading(settings) { try await $0.store.runs(of: entry, limit: 10) }
    }
}
