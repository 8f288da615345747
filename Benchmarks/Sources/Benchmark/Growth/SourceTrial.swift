import District
import Foundation

/// Many small entries that are due in one minute, beside one entry of all their records.
struct SourceTrial {
    let count: Int
    let folder: String
    /// Records of one entry, and of a page of the one that has all.
    private static let each = 100
    /// Systems the entries are spread over.
    private static let systems = 25

    private struct Cost {
        let seconds: Double
        let processorSeconds: Double
    }

    func run() throws -> [GrowthFigure] {
        let server = try EditionServer(records: count * Self.each, pageSize: Self.each, in: "\(folder)/pages")
        defer { server.stop() }
        say("\(count * Self.each) records of one entry")
        let alone = try alone(server)
        try server.turn(to: 1)
        say("\(count) entries of \(Self.each) records")
        let many = try many(server)
        return [
            figure("first", many.load, alone.load),
            figure("due in one minute", many.resync, alone.resync),
        ]
    }

    private func figure(_ name: String, _ many: Cost, _ alone: Cost) -> GrowthFigure {
        GrowthFigure(
            "\(count) entries of \(Self.each) records, \(name), over one entry of all",
            "\(text(many)), \(text(alone))", ratio: many.seconds / alone.seconds, atMost: 2)
    }

    private func text(_ cost: Cost) -> String {
        "\(decimal(cost.seconds, 2)) s (\(decimal(cost.processorSeconds, 2)) s of CPU)"
    }

    private func alone(_ server: EditionServer) throws -> (load: Cost, resync: Cost) {
        let daemon = try ExchangeDaemon(
            in: "\(folder)/exchange", entries: ["entity": Exchange.entry(.json)], source: server.url)
        defer { daemon.stop() }
        let load = try daemon.sync("entity", records: count * Self.each)
        try server.turn(to: 2)
        let resync = try daemon.sync("entity", records: count * Self.each)
        return (
            Cost(seconds: load.seconds, processorSeconds: load.processorSeconds),
            Cost(seconds: resync.seconds, processorSeconds: resync.processorSeconds)
        )
    }

    private func many(_ server: EditionServer) throws -> (load: Cost, resync: Cost) {
        var entries: [String: String] = [:]
        for number in 1...count {
            let name = "entity-\(number)"
            entries[name] =
                Exchange.entry(
                    .json, named: name, system: "register-\(number % Self.systems)", path: "/page?pageNo=\(number)",
                    isPaged: false) + "\nschedule: {cron: \"* * * * *\"}\n"
        }
        let daemon = try ExchangeDaemon(
            in: "\(folder)/exchange", entries: entries, source: server.url, systems: Self.systems, concurrency: 16)
        defer { daemon.stop() }
        let load = try wait(for: "registration", since: 0, daemon)
        try server.turn(to: 2)
        let resync = try wait(for: "schedule", since: Date.now.timeIntervalSince1970, daemon)
        return (load, resync)
    }

    /// Waits until every entry has published a run that started so, after a time.
    ///
    /// - Returns: from the start of the first to the end of the last.
    private func wait(for trigger: String, since start: Double, _ daemon: ExchangeDaemon) throws -> Cost {
        let table = try RunTable(daemon.database)
        let processor = try daemon.processorSeconds()
        let deadline = Date.now + 1800
        while Date.now < deadline {
            Thread.sleep(forTimeInterval: 0.2)
            guard let seconds = try table.seconds(of: count, startedBy: trigger, since: start) else { continue }
            return Cost(seconds: seconds, processorSeconds: try daemon.processorSeconds() - processor)
        }
        throw Failure("not all of \(count) entries were published")
    }
}
