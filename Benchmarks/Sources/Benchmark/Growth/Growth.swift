import ArgumentParser

struct Growth: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure how costs grow with records, sources, changes and history.")

    @Option(help: "Sizes of the collection, ascending, with commas between them.") var sizes = "10000,100000,1000000"
    @Option(help: "Entries that are due in one minute, 100 records each.") var sources = 1000
    @Option(help: "Revisions of every record, for the query beside history.") var revisions = 100
    @Option(help: "Only parts whose name has this in it: sizes, sources, history.") var only = ""
    @Option(help: "Where pages and databases are written.") var folder = "/tmp/huitong-growth"
    @Option(help: "Where the plot is written; nowhere without one.") var plot: String?

    func run() throws {
        let sizes = sizes.split(separator: ",").compactMap { Int($0) }
        guard !sizes.isEmpty, sizes == sizes.sorted() else { throw Failure("--sizes takes ascending numbers") }
        try GrowthCampaign(
            sizes: sizes, sources: sources, revisions: revisions, only: only, folder: folder, plot: plot
        ).run()
    }
}
