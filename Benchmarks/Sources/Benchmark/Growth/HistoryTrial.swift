import District
import Foundation

/// Queries of a collection with a long history and a quarantine beside queries of the same records that have neither.
struct HistoryTrial {
    let revisions: Int
    let folder: String
    var records = 10_000

    func run() throws -> [GrowthFigure] {
        say("\(revisions) revisions of \(records) records")
        let server = try EditionServer(records: records, changed: 1, in: "\(folder)/pages")
        defer { server.stop() }
        // Some records have no term, and are refused by the entry that wants one, in every revision.
        let strict = Exchange.entry(.json, named: "old")
            .replacing("from: JYQXZ, type: date", with: "from: JYQXZ, type: date, required: true")
            .replacing("key: [uscc]", with: "key: [uscc]\nguard: {refused: 100%, changed: 100%}")
        let daemon = try ExchangeDaemon(
            in: "\(folder)/exchange", entries: ["old": strict, "new": Exchange.entry(.json, named: "new")],
            source: server.url)
        defer { daemon.stop() }
        var first = 0.0
        var last = 0.0
        for revision in 1...revisions {
            try server.turn(to: 2 - revision % 2)
            last = try daemon.sync("old", records: records).seconds
            if revision == 2 { first = last }
        }
        try daemon.sync("new", records: records)
        let times = try queries(daemon.queries)
        return [
            GrowthFigure(
                "point query after \(revisions) revisions of every record over one",
                "\(decimal(times.old * 1e6, 0)) µs, \(decimal(times.new * 1e6, 0)) µs",
                ratio: times.old / times.new, atMost: 1.2),
            GrowthFigure(
                "revision \(revisions) of every record over revision 2",
                "\(decimal(Double(records) / last, 0))/s, \(decimal(Double(records) / first, 0))/s",
                ratio: last / first, atMost: 1.5),
        ]
    }

    /// Median seconds of a query of each; in turns, so that what else the machine does slows both.
    private func queries(_ conversation: Conversation) throws -> (old: Double, new: Double) {
        let page = try conversation.get("/collections/old/items?f=json&limit=1000&properties=uscc")
        let document = try JSONSerialization.jsonObject(with: Data(page.body)) as? [String: Any]
        let ids = (document?["items"] as? [[String: Any]])?.compactMap { $0["_id"] as? String } ?? []
        guard ids.count > 100 else { throw Failure("there is nothing to query") }
        var times: (old: [Double], new: [Double]) = ([], [])
        for round in 0..<3 {
            for id in ids {
                for name in ["old", "new"] {
                    let seconds = try FeedReading.seconds {
                        let answer = try conversation.get("/collections/\(name)/items/\(id)?f=json")
                        guard answer.status == 200 else { throw Failure("\(name) has no record \(id)") }
                    }
                    guard round > 0 else { continue }
                    if name == "old" { times.old.append(seconds) } else { times.new.append(seconds) }
                }
            }
        }
        return (times.old.median, times.new.median)
    }
}
