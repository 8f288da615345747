import District
import Foundation

/// First loads and re-syncs of ever larger collections, runs that find nothing new, and the change feed.
struct SizeTrial {
    let sizes: [Int]
    let folder: String

    struct Point {
        let records: Int
        let loaded: Double
        let resynced: Double
        let peakMemory: Int
        let quiet: Quiet?
        let feed: FeedReading
    }

    /// Runs that find nothing new; seconds.
    struct Quiet {
        let notModified: (wall: Double, processor: Double)
        let noChanges: (wall: Double, processor: Double)
    }

    func run() throws -> (figures: [GrowthFigure], points: [Point]) {
        let points = try sizes.map { try measure($0) }
        return (figures(points), points)
    }

    private func measure(_ size: Int) throws -> Point {
        say("\(size) records")
        let server = try EditionServer(records: size, in: "\(folder)/pages")
        defer { server.stop() }
        let daemon = try ExchangeDaemon(
            in: "\(folder)/exchange", entries: ["entity": Exchange.entry(.json)], source: server.url)
        defer { daemon.stop() }
        let load = try daemon.sync("entity", records: size)
        try server.turn(to: 2)
        let resync = try daemon.sync("entity", records: size)
        let peak = try daemon.peakMemory()
        let feed = try FeedReading(of: "entity", in: daemon.queries, count: size)
        return Point(
            records: size, loaded: Double(size) / load.seconds, resynced: Double(size) / resync.seconds,
            peakMemory: peak, quiet: isEnd(size) ? try quiet(size) : nil, feed: feed)
    }

    private func isEnd(_ size: Int) -> Bool { size == sizes.first || size == sizes.last(where: { $0 <= 1_000_000 }) }

    /// Runs that find nothing new; of a source whose one answer is everything, or `304` could not be.
    private func quiet(_ size: Int) throws -> Quiet {
        say("\(size) records, and nothing new")
        let server = try EditionServer(records: size, pageSize: size, isValidating: true, in: "\(folder)/answer")
        defer { server.stop() }
        let delta = "delta\nsince: {parameter: since, field: updated_at}"
        let daemon = try ExchangeDaemon(
            in: "\(folder)/quiet",
            entries: [
                "whole": Exchange.entry(.json, named: "whole", isPaged: false)
                    .replacing("paging: none", with: "paging: none, conditional: true"),
                "change": Exchange.entry(.json, named: "change", isPaged: false, delivers: delta),
            ], source: server.url)
        defer { daemon.stop() }
        for entry in ["whole", "change"] { try daemon.sync(entry, records: size) }
        return Quiet(notModified: try median(of: daemon, "whole"), noChanges: try median(of: daemon, "change"))
    }

    private func median(of daemon: ExchangeDaemon, _ entry: String) throws -> (wall: Double, processor: Double) {
        let runs = try (0..<21).map { _ in try daemon.sync(entry, records: 0) }
        return (runs.map(\.seconds).median, runs.map(\.processorSeconds).median)
    }

    // MARK: - What it came to

    private func figures(_ points: [Point]) -> [GrowthFigure] {
        var figures: [GrowthFigure] = []
        for point in points {
            figures.append(
                GrowthFigure(
                    "\(point.records) records: first load, re-sync",
                    "\(decimal(point.loaded, 0))/s, \(decimal(point.resynced, 0))/s, "
                        + "peak \(point.peakMemory / 1_000_000) MB"))
        }
        figures.append(spread("first load, fastest size over slowest", points.map(\.loaded)))
        figures.append(spread("re-sync, fastest size over slowest", points.map(\.resynced)))
        for point in points {
            guard let quiet = point.quiet else { continue }
            figures.append(quietFigure("304, \(point.records) records", quiet.notModified))
            figures.append(quietFigure("cursor with nothing new, \(point.records) records", quiet.noChanges))
        }
        if let first = points.first, let last = points.last {
            figures += FeedReading.figures(first.feed, first.records, last.feed, last.records)
        }
        return figures
    }

    private func spread(_ name: String, _ rates: [Double]) -> GrowthFigure {
        let ratio = (rates.max() ?? 1) / (rates.min() ?? 1)
        return GrowthFigure(name, "", ratio: ratio, atMost: 1.5)
    }

    private func quietFigure(_ name: String, _ time: (wall: Double, processor: Double)) -> GrowthFigure {
        GrowthFigure(
            name, "\(decimal(time.wall * 1000, 1)) ms, \(decimal(time.processor * 1000, 1)) ms of CPU",
            goal: "< 50 ms, < 20 ms of CPU", isReached: time.wall < 0.05 && time.processor < 0.02)
    }
}

extension [Double] {
    /// The one in the middle; zero of none.
    var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
