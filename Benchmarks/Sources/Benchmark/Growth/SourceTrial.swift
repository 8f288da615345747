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

    /// Seconds.
    private struct Times {
        var load = 0.0
        var resync = 0.0
        /// Of the processor.
        var resyncProcessor = 0.0
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

    private func figure(_ name: String, _ many: Double, _ alone: Double) -> GrowthFigure {
        GrowthFigure(
            "\(count) entries of \(Self.each) records, \(name), over one entry of all",
            "\(decimal(many, 2)) s, \(decimal(alone, 2)) s", ratio: many / alone, atMost: 2)
    }

    private func alone(_ server: EditionServer) throws -> Times {
        let daemon = try ExchangeDaemon(
            in: "\(folder)/exchange", entries: ["entity": Exchange.entry(.json)], source: server.url)
        defer { daemon.stop() }
        let load = try daemon.sync("entity", records: count * Self.each)
        try server.turn(to: 2)
        let resync = try daemon.sync("entity", records: count * Self.each)
        return Times(load: load.seconds, resync: resync.seconds, resyncProcessor: resync.processorSeconds)
    }

    private func many(_ server: EditionServer) throws -> Times {
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
        return Times(load: load, resync: resync)
    }

    /// Waits until every entry has published a run that started so, after a time.
    ///
    /// - Returns: the seconds from the start of the first to the end of the last.
    private func wait(for trigger: String, since start: Double, _ daemon: ExchangeDaemon) throws -> Double {
        let table = try RunTable(daemon.database)
        let deadline = Date.now + 1800
        while Date.now < deadline {
            Thread.sleep(forTimeInterval: 0.2)
            if let seconds = try table.seconds(of: count, startedBy: trigger, since: start) { return seconds }
        }
        throw Failure("not all of \(count) entries were published")
    }
}
