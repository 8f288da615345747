import Foundation

/// All parts on the same machine, one after the other, and what they came to beside what is asked of them.
struct GrowthCampaign {
    let sizes: [Int]
    let sources: Int
    let revisions: Int
    let only: String
    let folder: String
    let plot: String?

    func run() throws {
        var figures: [GrowthFigure] = []
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if isWanted("sizes") {
            let sizes = try SizeTrial(sizes: sizes, folder: folder).run()
            figures += sizes.figures
            if let plot { try Data(GrowthPlot(points: sizes.points).svg.utf8).write(to: URL(filePath: plot)) }
        }
        if isWanted("sources") { figures += try SourceTrial(count: sources, folder: folder).run() }
        if isWanted("history") { figures += try HistoryTrial(revisions: revisions, folder: folder).run() }
        print(GrowthFigure.table(figures).text)
    }

    private func isWanted(_ part: String) -> Bool { only.isEmpty || part.contains(only) }
}

/// One row: what was measured, beside what is asked.
struct GrowthFigure {
    let name: String
    let value: String
    /// Nil where nothing is asked of it.
    let ratio: Double?
    let goal: String
    let isReached: Bool?

    /// A figure that is told and not held to anything.
    init(_ name: String, _ value: String) {
        (self.name, self.value) = (name, value)
        (ratio, goal, isReached) = (nil, "", nil)
    }

    /// A ratio that may be so large at most.
    init(_ name: String, _ value: String, ratio: Double, atMost: Double) {
        (self.name, self.value, self.ratio) = (name, value, ratio)
        goal = "≤ \(decimal(atMost, 1))"
        isReached = ratio <= atMost
    }

    /// A figure held to a bound in its own unit.
    init(_ name: String, _ value: String, goal: String, isReached: Bool) {
        (self.name, self.value, self.goal, self.isReached) = (name, value, goal, isReached)
        ratio = nil
    }

    static func table(_ figures: [GrowthFigure]) -> Table {
        Table(
            title: "Growth", head: ["measurement", "figure", "ratio", "goal", "reached"],
            rows: figures.map { figure in
                [
                    figure.name, figure.value, figure.ratio.map { decimal($0, 2) } ?? "", figure.goal,
                    figure.isReached.map { $0 ? "yes" : "no" } ?? "",
                ]
            })
    }
}
