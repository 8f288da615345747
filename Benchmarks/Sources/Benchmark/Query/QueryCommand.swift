import ArgumentParser

struct Query: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure queries over HTTP, beside nginx with a file of the same bytes and the least server there is."
    )

    @Option(help: "Records of the register, and places beside it.") var records = 1_000_000
    @Option(help: "Seconds of each measurement.") var seconds = 10
    @Option(help: "Connections that ask at once.") var connections = 64
    @Option(help: "Only measurements whose name has this in it.") var only = ""
    @Option(help: "Where pages and databases are written.") var folder = "/tmp/huitong-benchmark"
    @Flag(help: "Keep the collections, and ask those that an earlier run kept.") var keep = false

    func run() async throws {
        try QueryCampaign(
            records: records, seconds: seconds, connections: connections, only: only, folder: folder, keeps: keep
        ).run()
    }
}

struct Hello: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer every request with a file's bytes, until told to end: the least that the server can do.",
        shouldDisplay: false)

    @Argument var file: String
    @Option var port: Int

    func run() async throws { try await HelloServer(file: file, port: port).run() }
}

struct Places: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write pages of places as files.", shouldDisplay: false)

    @Argument var count: Int
    @Argument var folder: String

    func run() throws { try PlaceGenerator(count: count).write(to: folder) }
}
