import Foundation

/// A table of what callers saw, each row beside what it is held against.
struct QueryReport {
    struct Row {
        let name: String
        let figures: Load.Figures
        var goals: [QueryTrial.Goal] = []
        /// Of the server, meanwhile.
        var processorSeconds = 0.0
        /// Bytes of memory that the server needed more than before.
        var growth = 0
    }

    let rows: [Row]

    var text: String {
        Table(
            title: "Queries, beside what the machine can do in the same run",
            head: [
                "measurement", "p50 ms", "p99 ms", "requests/s", "MB/s", "CPU µs", "MB more", "held against", "is",
                "goal", "",
            ],
            rows: rows.flatMap(lines)
        ).text
    }

    /// A line for the figures with the first goal, and one for every other goal.
    private func lines(_ row: Row) -> [[String]] {
        let verdicts = row.goals.compactMap { verdict(on: $0, row) }.map {
            [$0.against, $0.figure, $0.goal, $0.isMet ? "met" : "missed"]
        }
        let blank = [String](repeating: "", count: 4)
        let others = verdicts.dropFirst().map { [String](repeating: "", count: 7) + $0 }
        return [figures(row) + (verdicts.first ?? blank)] + others
    }

    private func figures(_ row: Row) -> [String] {
        let figures = row.figures
        return [
            row.name, decimal(figures.median, 2), decimal(figures.ninetyNinth, 2),
            decimal(figures.requestsPerSecond, figures.requestsPerSecond < 10 ? 2 : 0),
            decimal(figures.megabytesPerSecond, 1),
            row.processorSeconds > 0 ? decimal(row.processorSeconds / Double(figures.requests) * 1e6, 0) : "",
            row.processorSeconds > 0 ? decimal(Double(row.growth) / 1e6, 0) : "",
        ]
    }

    private struct Verdict {
        let against: String
        let figure: String
        let goal: String
        let isMet: Bool
    }

    private func verdict(on goal: QueryTrial.Goal, _ row: Row) -> Verdict? {
        switch goal {
        case .milliseconds(let most): return atMost(row.figures.ninetyNinth, most, "p99, ms", digits: 1)
        case .requestsPerSecond(let least):
            return atLeast(row.figures.requestsPerSecond, least, "requests/s", digits: 0)
        case .megabytesPerSecond(let least): return atLeast(row.figures.megabytesPerSecond, least, "MB/s", digits: 1)
        case .growth(let most):
            return atMost(Double(row.growth) / 1e6, Double(most) / 1e6, "memory, MB", digits: 0)
        case .share(let least, let other):
            return beside(other) { row.figures.requestsPerSecond / $0.requestsPerSecond }
                .flatMap { atLeast($0, least, "requests/s of \(short(other))", digits: 2) }
        case .median(let most, let other):
            return beside(other) { row.figures.median / $0.median }
                .flatMap { atMost($0, most, "p50 of \(short(other))", digits: 2) }
        case .ninetyNinth(let most, let other):
            return beside(other) { row.figures.ninetyNinth / $0.ninetyNinth }
                .flatMap { atMost($0, most, "p99 of \(short(other))", digits: 2) }
        }
    }

    /// Nil where the other was not measured.
    private func beside(_ name: String, _ ratio: (Load.Figures) -> Double) -> Double? {
        rows.first { $0.name == name }.map { ratio($0.figures) }
    }

    private func short(_ name: String) -> String { String(name.prefix { $0 != "," }) }

    private func atLeast(_ figure: Double, _ least: Double, _ what: String, digits: Int) -> Verdict {
        Verdict(
            against: what, figure: decimal(figure, digits), goal: "≥ \(decimal(least, digits == 2 ? 1 : 0))",
            isMet: figure >= least)
    }

    private func atMost(_ figure: Double, _ most: Double, _ what: String, digits: Int) -> Verdict {
        Verdict(
            against: what, figure: decimal(figure, digits), goal: "≤ \(decimal(most, digits == 2 ? 1 : 0))",
            isMet: figure <= most)
    }
}
