import ArgumentParser
import District

extension EntityGenerator.Format: ExpressibleByArgument {}
extension EntityGenerator.Edition: ExpressibleByArgument {}

struct Ingest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure first loads and re-syncs, in JSON and XML, beside a program that does the least possible.")

    @Option(help: "Records of the register.") var records = 200_000
    @Option(help: "Runs of each measurement; the median is printed.") var repeats = 3
    @Option(help: "Only measurements whose name has this in it.") var only = ""
    @Option(help: "Where pages and databases are written.") var folder = "/tmp/huitong-benchmark"

    func run() throws {
        try IngestCampaign(records: records, repeats: repeats, only: only, folder: folder).run()
    }
}

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write a register's pages as files.")

    @Argument(help: "Records of the register.") var count: Int
    @Argument var format: EntityGenerator.Format
    @Argument var edition: EntityGenerator.Edition
    @Argument var folder: String
    @Option(help: "Records a page.") var pageSize = 1000
    @Option(help: "The share of records in which the second edition differs from the first.") var changed = 0.01

    func run() throws {
        try EntityGenerator(count: count, pageSize: pageSize, changed: changed)
            .write(to: folder, format: format, edition: edition)
    }
}

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a folder's pages at /page?pageNo=N on loopback, and print the address.")

    @Argument var format: EntityGenerator.Format
    @Argument(help: "One for each edition; /edition/2 turns to the second.") var folders: [String]
    @Flag(help: "Answer 304 to who has the edition, and nothing to who asks for changes.") var validating = false
    @Option(help: "0 takes any free port.") var port: UInt16 = 0

    func run() throws {
        try PageServer(folders: folders, format: format, isValidating: validating).run(port: port)
    }
}

struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Do one measurement in this process and print its records, bytes and seconds.", shouldDisplay: false)

    @Argument var name: String
    @Option var url: String
    @Option var folder: String

    func run() throws {
        guard let trial = Trial.known.first(where: { $0.name == name }) else { throw Failure("no measurement \(name)") }
        print(try trial.timed(Trial.Setting(url: url, folder: folder, format: trial.format)).line)
    }
}
