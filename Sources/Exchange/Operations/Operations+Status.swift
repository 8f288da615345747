import Foundation
import Model
import Store

extension Operations {
    /// The version of the software, as `--version` says it.
    public static let version = "0.1.0"

    public func status() async throws(Fault) -> ExchangeStatus {
        let published = try await store.lastPublished()
        let last = try await store.lastRuns()
        let collections = try await store.collections()
        let counts = Dictionary(
            collections.map { ($0.collection.name, $0.count) }, uniquingKeysWith: { first, _ in first })
        let tallies = try await store.qualities()
        let quarantined = try await store.quarantineCounts()
        var entries: [ExchangeStatus.EntryStatus] = []
        for registration in try await store.registrations().sorted(by: { $0.entry.name < $1.entry.name }) {
            let name = registration.entry.name
            entries.append(
                status(
                    of: registration, last: last[name], published: published[name], records: counts[name] ?? 0,
                    quarantined: quarantined[name] ?? 0, tally: tallies[name]))
        }
        return ExchangeStatus(
            version: Operations.version, startedAt: startedAt, catalogue: facilities.catalogue.health,
            entries: entries, subjects: subjects(among: collections, tallies),
            running: try await store.runsUnderWay(), circuits: facilities.circuits())
    }

    /// What of a subject is no entry's: in how far its sources agree.
    private func subjects(
        among collections: [CollectionState], _ tallies: [String: QualityTally]
    ) -> [ExchangeStatus.SubjectStatus] {
        collections.filter { $0.collection.kind == .subject }.map { state in
            ExchangeStatus.SubjectStatus(
                subject: state.collection.name, title: state.collection.title, records: state.count,
                lastPublished: state.publishedAt, quality: tallies[state.collection.name]?.quality ?? Quality())
        }
    }

    private func status(
        of registration: Registration, last: Run?, published: Run?, records: Int64, quarantined: Int64,
        tally: QualityTally?
    ) -> ExchangeStatus.EntryStatus {
        let entry = registration.entry
        let publishedAt = published?.endedAt
        return ExchangeStatus.EntryStatus(
            entry: entry.name, title: entry.title, department: entry.department, isPaused: registration.isPaused,
            records: records, lastRun: last,
            lastPublished: publishedAt, nextStart: nextStart(entry.name)?.timestamp,
            isFresh: entry.update.isFresh(
                publishedAt: publishedAt.flatMap { Date(timestamp: $0) }, now: facilities.now()),
            quarantined: quarantined,
            quality: tally?.quality(at: facilities.now().timeIntervalSince1970, term: entry.update.term) ?? Quality())
    }
}
