import District
import Foundation

/// The exchange and programs that one would take instead, on the same records in one run.
struct PeersCampaign {
    let sizes: [IngestPeer.Pace: Int]
    let repeats: Int
    let only: String
    let folder: String

    func run() throws {
        var report = IngestPeersReport()
        for pace in IngestPeer.Pace.allCases {
            let peers = IngestPeer.all.filter { $0.pace == pace && (only.isEmpty || $0.name.contains(only)) }
            let (present, skipped) = Self.present(peers)
            report.skipped += skipped
            guard let records = sizes[pace], !present.isEmpty else { continue }
            try compare(present, records: records, &report)
        }
        print(report.text)
    }

    /// Those that can be run here, with their versions, and why others cannot.
    private static func present(_ peers: [IngestPeer]) -> ([(IngestPeer, version: String)], skipped: [String]) {
        var present: [(IngestPeer, version: String)] = []
        var skipped: [String] = []
        for peer in peers {
            do {
                present.append((peer, try peer.script.version()))
            } catch {
                skipped.append("\(peer.name): \(error)")
            }
        }
        return (present, skipped)
    }

    private func compare(
        _ peers: [(IngestPeer, version: String)], records: Int, _ report: inout IngestPeersReport
    ) throws {
        let register = PeersRegister(Register(records: records, folder: folder))
        for (peer, _) in peers { try register.write(for: peer) }
        var ours: [RegisterCopy.Form: IngestPeersReport.Pair] = [:]
        for form in RegisterCopy.Form.allCases {
            guard let (peer, _) = peers.first(where: { $0.0.counterpart.form == form }) else { continue }
            let pair = try rounds { try measureExchange(peer.counterpart.contender, form, register) }
            ours[form] = pair
            report.add(pair)
        }
        for (peer, version) in peers {
            say("\(peer.name), \(records) records")
            do {
                let pair = try rounds { try measure(peer, register) }
                report.add(pair, of: peer, version: version, beside: ours[peer.counterpart.form])
            } catch {
                report.skipped.append("\(peer.name): \(error)")
            }
        }
    }

    /// A first load and its re-sync, each the median of all rounds.
    private func rounds(_ measure: () throws -> IngestPeersReport.Pair) throws -> IngestPeersReport.Pair {
        let pairs = try (0..<repeats).map { _ in try measure() }
        guard let load = Measurement.median(of: pairs.map(\.load)),
            let resync = Measurement.median(of: pairs.map(\.resync))
        else { throw Failure("nothing was measured: --repeats \(repeats)") }
        return IngestPeersReport.Pair(load: load, resync: resync)
    }

    private func measureExchange(
        _ exchange: Exchange, _ form: RegisterCopy.Form, _ register: PeersRegister
    ) throws -> IngestPeersReport.Pair {
        let measurements = try EntityGenerator.Edition.allCases.map { edition in
            let trials = exchange.trials.filter { $0.format == form.pages && $0.edition == edition }
            guard let trial = trials.first else { throw Failure("no measurement of \(exchange.contender)") }
            say("\(trial.name), \(register.plain.records) records")
            return try trial.measured(
                pages: register.pages(form, edition), records: register.plain.records, below: register.contenders)
        }
        return IngestPeersReport.Pair(load: measurements[0], resync: measurements[1])
    }

    private func measure(_ peer: IngestPeer, _ register: PeersRegister) throws -> IngestPeersReport.Pair {
        let own = "\(register.contenders)/\(peer.name)"
        try? FileManager.default.removeItem(atPath: own)
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        let measurements = try EntityGenerator.Edition.allCases.map { edition in
            let work = edition == .first ? "load" : "resync"
            let (seconds, remains) = try register.source(of: peer, edition) { source in
                try peer.script.run([work, source, own], below: own)
            }
            try PeerCheck(
                pages: register.plain.pages(.json, edition), records: register.plain.records, edition: edition
            ).check("\(own)/\(peer.result)")
            var measurement = Measurement(
                name: "\(peer.name)-\(work)", records: register.plain.records, seconds: seconds, bytes: 0, stages: [:])
            measurement.peakMemory = remains.peakMemory
            measurement.processorSeconds = remains.processorSeconds
            return measurement
        }
        return IngestPeersReport.Pair(load: measurements[0], resync: measurements[1])
    }
}
