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
        var status = ExchangeStatus(
            version: Operations.version, startedAt: startedAt, catalogue: facilities.catalogue.health,
            entries: entries, subjects: subjects(among: collections, tallies),
            running: try await store.runsUnderWay(), circuits: facilities.circuits())
        status.troubles =
            Troubles(
                status: status, failures: try await store.failures(),
                // Whether it can write is for the daemon to know: who only looks writes nothing.
                store: startedAt == nil ? nil : await store.health(), schedule: scheduleFault()
            ).all
        return status
    }

    /// Whether the daemon can do what it is there for.
    ///
    /// - Returns: how the catalogue's files are: their mistakes make nothing unready, the last good version runs.
    /// - Throws: what keeps the store from being written or the schedule from starting runs.
    public func readiness() async throws(Fault) -> ExchangeStatus.CatalogueHealth {
        if let fault = await store.health() ?? scheduleFault() { throw fault }
        return facilities.catalogue.health
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
        let publication = publishedAt.flatMap { Date(timestamp: $0) }
        let isFresh = entry.update.isFresh(publishedAt: publication, now: facilities.now())
        return ExchangeStatus.EntryStatus(
            entry: entry.name, title: entry.title, department: entry.department, isPaused: registration.isPaused,
            records: records, lastRun: last,
            lastPublished: publishedAt, nextStart: nextStart(entry.name)?.timestamp,
            isFresh: isFresh,
            staleSince: isFresh == false
                ? entry.update.term.flatMap { publication?.addingTimeInterval($0).timestamp } : nil,
            quarantined: quarantined,
            quality: tally?.quality(at: facilities.now().timeIntervalSince1970, term: entry.update.term) ?? Quality())
    }
}
