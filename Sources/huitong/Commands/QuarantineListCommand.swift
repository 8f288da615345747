import ArgumentParser
import Exchange
import Model
import Store

struct QuarantineListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List refused records, a line for each finding.",
        discussion: """
            Values of fields graded 3 or higher are masked unless --reveal is given.

            Example:
              huitong quarantine list
              huitong quarantine list --department market-regulation --format csv
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, csv
    }

    @Option(help: ArgumentHelp("Records of this entry.", valueName: "name"))
    var entry: String?

    @Option(help: ArgumentHelp("Records of this department's entries.", valueName: "name"))
    var department: String?

    @Option(help: ArgumentHelp("open, replayed, dismissed or resolved.", valueName: "state"))
    var state = "open"

    @Option(help: ArgumentHelp("Records at most.", valueName: "count"))
    var limit = 1_000

    @Option(help: ArgumentHelp("text, json or csv.", valueName: "format"))
    var format: Format = .text

    @Flag(help: "Show the values of graded fields, too.")
    var reveal = false

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard QuarantinedRecord.State(rawValue: state) != nil else {
            let known = QuarantinedRecord.State.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--state takes one of: \(known).")
        }
    }

    func run() async throws {
        let settings = try await options.settings()
        let records = try await reading(settings) { workshop in
            let registrations = try await workshop.store.registrations()
            let found = try await workshop.store.quarantined(
                QuarantineQuery(
                    entries: entries(registrations), state: QuarantinedRecord.State(rawValue: state), limit: limit))
            return reveal ? found.map(FindingValues.revealed) : found.map(FindingValues(registrations).shown)
        }
        let listing = QuarantineListing(records: records)
        switch format {
        case .json: Console.json(listing.records)
        case .csv: Console.write(Array(listing.csv.utf8))
        case .text: Console.line(listing.text)
        }
    }

    private func entries(_ registrations: [Registration]) -> [String]? {
        if let entry { return [entry] }
        guard let department else { return nil }
        return registrations.filter { $0.entry.department == department }.map(\.entry.name)
    }
}
