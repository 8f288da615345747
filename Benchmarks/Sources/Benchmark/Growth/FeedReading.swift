/// The change feed as a consumer reads it: from the beginning to the end, and a page at either.
struct FeedReading {
    let changesPerSecond: Double
    let megabytesPerSecond: Double
    /// Seconds for a page of 100.
    let firstPage: Double
    let lastPage: Double

    /// Reads a collection's feed over one kept-alive connection, as a document a line.
    ///
    /// - Parameter count: changes that have to come, each record's latest.
    init(of collection: String, in conversation: Conversation, count: Int) throws {
        let path = "/collections/\(collection)/changes?f=ndjson"
        var after = 0
        var changes = 0
        var bytes = 0
        let began = ContinuousClock.now
        while changes < count {
            let page = try conversation.get("\(path)&limit=10000&after=\(after)")
            guard page.status == 200, let last = page.headers["huitong-last"].flatMap({ Int($0) }), last > after else {
                throw Failure("the feed of \(collection) ends after \(changes) of \(count) changes")
            }
            page.body.withUnsafeBytes { body in for byte in body where byte == 0x0A { changes += 1 } }
            bytes += page.body.count
            after = last
        }
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        changesPerSecond = Double(changes) / seconds
        megabytesPerSecond = Double(bytes) / seconds / 1e6

        var times: (first: [Double], last: [Double]) = ([], [])
        for _ in 0..<300 {
            times.first.append(try Self.seconds { _ = try conversation.get("\(path)&limit=100&after=0") })
            times.last.append(try Self.seconds { _ = try conversation.get("\(path)&limit=100&after=\(after - 100)") })
        }
        (firstPage, lastPage) = (times.first.median, times.last.median)
    }

    static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let began = ContinuousClock.now
        try work()
        return (ContinuousClock.now - began) / .seconds(1)
    }

    /// Figures of the smallest and the largest collection.
    static func figures(_ small: FeedReading, _ few: Int, _ large: FeedReading, _ many: Int) -> [GrowthFigure] {
        [
            GrowthFigure(
                "feed, a consumer \(many) behind",
                "\(decimal(large.changesPerSecond, 0)) changes/s, \(decimal(large.megabytesPerSecond, 0)) MB/s",
                goal: "≥ 50000 changes/s", isReached: large.changesPerSecond >= 50_000),
            GrowthFigure(
                "feed, a page of 100 at the end over one at the start",
                "\(decimal(large.lastPage * 1000, 2)) ms, \(decimal(large.firstPage * 1000, 2)) ms",
                ratio: large.lastPage / large.firstPage, atMost: 1.2),
            GrowthFigure(
                "feed, a page of 100 of \(many) over one of \(few)",
                "\(decimal(large.firstPage * 1000, 2)) ms, \(decimal(small.firstPage * 1000, 2)) ms",
                ratio: large.firstPage / small.firstPage, atMost: 1.2),
        ]
    }
}
