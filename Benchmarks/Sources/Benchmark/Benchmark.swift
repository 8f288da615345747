import ArgumentParser

/// Measures what the exchange does beside what the machine can do, as ratios of one run.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Measure the exchange beside programs that do the least possible, and beside others of its kind.",
        subcommands: [
            Ingest.self, Growth.self, Query.self, Peers.self, Generate.self, Places.self, Copy.self, Serve.self,
            Measure.self, Hello.self,
        ], defaultSubcommand: Ingest.self)
}

/// What went wrong, for the person at the terminal.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
