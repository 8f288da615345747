import ArgumentParser
import District
import Foundation

struct Peers: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the exchange beside other programs of its kind, in ingest and in queries.",
        discussion: "Run in the repository's folder; make bench-peers installs the others.")

    @Option(help: "Records of the register.") var records = 200_000
    @Option(help: "Records for those that take long.") var slow = 50_000
    @Option(help: "Records for those that take longest.") var slowest = 5_000
    @Option(help: "Seconds that each query is asked for.") var seconds = 10
    @Option(help: "Runs of each measurement; the median is printed.") var repeats = 1
    @Option(help: "Only peers whose name has this in it.") var only = ""
    @Option(help: "Where pages and databases are written.") var folder = "/tmp/huitong-benchmark"

    func run() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let sizes: [IngestPeer.Pace: Int] = [
            .quick: records, .slow: min(slow, records), .slowest: min(slowest, records),
        ]
        try PeersCampaign(sizes: sizes, repeats: repeats, only: only, folder: folder).run()
        var report = QueryPeersReport()
        for (question, pace) in [(QueryPeer.Question.key, IngestPeer.Pace.quick), (.box, .slow)] {
            let register = PeersRegister(Register(records: sizes[pace] ?? records, folder: folder))
            try QueryPeersCampaign(register: register, question: question, seconds: seconds, only: only).run(&report)
        }
        print(report.text)
    }
}

struct Copy: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a register's pages in another form.", shouldDisplay: false)

    @Argument(help: "Records of the register.") var records: Int
    @Argument var form: RegisterCopy.Form
    @Argument(help: "The folder of its pages.") var pages: String
    @Argument(help: "A file, or a folder of pages.") var target: String
    @Flag var paged = false

    func run() throws {
        let copy = RegisterCopy(form: form, records: records)
        if paged { try copy.write(pages, asPagesIn: target) } else { try copy.write(pages, asFile: target) }
    }
}
