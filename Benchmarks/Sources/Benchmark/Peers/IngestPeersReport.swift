/// What peers and the exchange took, side by side, and where a peer is ahead.
struct IngestPeersReport {
    /// A first load, and a re-sync of what it left.
    struct Pair {
        let load: Measurement
        let resync: Measurement
    }

    /// Of peers that are not here, or did not do the work: why.
    var skipped: [String] = []
    private var rows: [[String]] = []
    private var versions: [String] = []
    private var ahead: [String] = []

    /// Adds the exchange's own.
    mutating func add(_ pair: Pair) { rows += [pair.load, pair.resync].map { Self.row($0) + ["", "", ""] } }

    mutating func add(_ pair: Pair, of peer: IngestPeer, version: String, beside ours: Pair?) {
        versions.append("\(peer.name): \(version), \(peer.source.told)")
        guard let ours else { return }
        for (theirs, ours) in [(pair.load, ours.load), (pair.resync, ours.resync)] {
            let times = ours.recordsPerSecond / theirs.recordsPerSecond
            let goal = peer.goal.map { "≥ \(decimal($0, 0))\(times >= $0 ? "" : ", missed")" } ?? ""
            rows.append(
                Self.row(theirs) + [
                    decimal(times, 1), decimal(theirs.processorSeconds / ours.processorSeconds, 1), goal,
                ])
            ahead += Self.ahead(theirs, of: ours)
        }
    }

    var text: String {
        var text = Table(
            title: """
                Ingest beside peers, without indexes but the key's (and of places); "times" is the exchange's records a second over \
                theirs, "CPU times" their processor time over its
                """,
            head: ["measurement", "records", "seconds", "records/s", "CPU s", "peak MB", "times", "CPU times", "goal"],
            rows: rows
        ).text
        text += Self.list("Peers", versions)
        text += Self.list("Where a peer is ahead", ahead)
        text += Self.list("Skipped", skipped)
        return text
    }

    private static func row(_ measurement: Measurement) -> [String] {
        [
            measurement.name, "\(measurement.records)", decimal(measurement.seconds, 2),
            decimal(measurement.recordsPerSecond, 0), decimal(measurement.processorSeconds, 2),
            decimal(Double(measurement.peakMemory) / 1e6, 0),
        ]
    }

    private static func ahead(_ theirs: Measurement, of ours: Measurement) -> [String] {
        let figures: [(String, Double, Double)] = [
            ("seconds", theirs.seconds, ours.seconds),
            ("seconds of processor time", theirs.processorSeconds, ours.processorSeconds),
            ("MB of memory", Double(theirs.peakMemory) / 1e6, Double(ours.peakMemory) / 1e6),
        ]
        return figures.filter { $0.1 < $0.2 }.map { name, theirFigure, ourFigure in
            let digits = name.hasPrefix("MB") ? 0 : 2
            return "\(theirs.name): \(decimal(theirFigure, digits)) \(name), huitong \(decimal(ourFigure, digits))"
        }
    }

    static func list(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : "\n\(title)\n" + lines.map { "  \($0)\n" }.joined()
    }
}

extension IngestPeer.Source {
    /// For people.
    var told: String {
        switch self {
        case .pages: "from the pages"
        case .file(let form): "from one file of \(form.rawValue)"
        }
    }
}
