/// What servers answered, side by side, and where a peer is ahead.
struct QueryPeersReport {
    struct Served {
        let load: Load.Figures
        let peakMemory: Int
    }

    /// Of peers that are not here, or answered otherwise: why.
    var skipped: [String] = []
    private var rows: [[String]] = []
    private var versions: [String] = []
    private var ahead: [String] = []

    /// Adds the exchange's own.
    mutating func add(_ served: Served, to question: QueryPeer.Question) {
        rows.append(Self.row("huitong", question, served) + ["", ""])
    }

    mutating func add(_ served: Served, of peer: QueryPeer, version: String, beside ours: Served) {
        let times = ours.load.requestsPerSecond / served.load.requestsPerSecond
        let goal = peer.goal.map { "≥ \(decimal($0, 0))\(times >= $0 ? "" : ", missed")" } ?? ""
        rows.append(Self.row(peer.name, peer.question, served) + [decimal(times, 1), goal])
        versions.append("\(peer.name): \(version)")
        if times < 1 { ahead.append("\(peer.name): \(decimal(1 / times, 1)) times the requests") }
        if served.peakMemory < ours.peakMemory {
            let memory = [served, ours].map { decimal(Double($0.peakMemory) / 1e6, 0) }
            ahead.append("\(peer.name): \(memory[0]) MB of memory, huitong \(memory[1])")
        }
    }

    var text: String {
        guard !rows.isEmpty || !skipped.isEmpty else { return "" }
        var text = Table(
            title:
                "Queries beside peers: wrk, 8 connections; \"times\" is the exchange's requests a second over theirs",
            head: ["server", "asked for", "requests/s", "p50 ms", "p99 ms", "peak MB", "times", "goal"], rows: rows
        ).text
        text += IngestPeersReport.list("Peers", versions)
        text += IngestPeersReport.list("Where a peer is ahead", ahead)
        text += IngestPeersReport.list("Skipped", skipped)
        return text
    }

    private static func row(_ name: String, _ question: QueryPeer.Question, _ served: Served) -> [String] {
        [
            name, question == .key ? "a record by key" : "features in a box",
            decimal(served.load.requestsPerSecond, 0), decimal(served.load.median, 1),
            decimal(served.load.ninetyNinth, 1),
            decimal(Double(served.peakMemory) / 1e6, 0),
        ]
    }
}
