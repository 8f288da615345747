import ArgumentParser

/// Measures how fast and in how much memory records get from a department's pages into a database, beside a floor.
@main
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Measure first loads and re-syncs, in JSON and XML, beside a program that does the least possible.",
        subcommands: [Compare.self, Generate.self, Serve.self, Measure.self], defaultSubcommand: Compare.self)
}

/// What went wrong, for the person at the terminal.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
