import Foundation
import Model

/// When an entry's runs start: its cron, jitter, catch-up and reconciliation as moments.
public struct Timetable: Sendable {
    /// One start that the timetable asks for.
    public struct Slot: Sendable, Equatable {
        /// The moment the cron expression names.
        public var nominal: Date
        /// The nominal moment and the entry's jitter.
        public var start: Date
        /// A full snapshot of an entry that otherwise delivers changes.
        public var isReconcile: Bool
    }

    private let entry: String
    private let regular: CronExpression
    private let reconcile: CronExpression?
    private let zone: TimeZone
    private let jitter: Double
    let catchUp: Double
    let overlap: Entry.Schedule.Overlap

    /// The timetable of an entry; nil where it has none, or one in a zone that is not known here.
    public init?(_ entry: Entry) {
        guard let schedule = entry.schedule, let zone = TimeZone(identifier: schedule.timeZone) else { return nil }
        self.entry = entry.name
        regular = schedule.cron
        self.zone = zone
        jitter = max(schedule.jitter, 0)
        catchUp = max(schedule.catchUp, 0)
        overlap = schedule.overlap
        if case .delta(let delta) = entry.delivery { reconcile = delta.reconcile } else { reconcile = nil }
    }

    /// The first slot that starts after a moment.
    public func next(after date: Date) -> Slot? {
        let candidates = [slot(regular, after: date, false), reconcile.flatMap { slot($0, after: date, true) }]
        // Where both start together the reconciliation comes first: it brings what the changes would.
        return candidates.compactMap { $0 }.min {
            ($0.start, $0.isReconcile ? 0 : 1) < ($1.start, $1.isReconcile ? 0 : 1)
        }
    }

    /// What is due of the slots that started after one moment and up to another: one run, however many were missed.
    ///
    /// - Parameter known: the first slot after the one moment, where it was asked for before.
    /// - Returns: what is due, and the slot that comes next.
    func due(after considered: Date, at now: Date, known: Slot? = nil) -> (due: Slot?, next: Slot?) {
        var due: Slot?
        var slot = known ?? next(after: considered)
        while let found = slot, found.start <= now {
            let reconciles = found.isReconcile || due?.isReconcile == true
            due = found
            due?.isReconcile = reconciles
            slot = next(after: found.start)
        }
        return (due, slot)
    }

    /// Moments before this are too long ago to be made up for.
    func horizon(_ now: Date) -> Date { now.addingTimeInterval(-max(catchUp, 60)) }

    private func slot(_ pattern: CronExpression, after date: Date, _ isReconcile: Bool) -> Slot? {
        // A slot that was nominally before may start after the date, by its jitter.
        var nominal = pattern.next(after: date.addingTimeInterval(-jitter - 1), in: zone)
        while let moment = nominal {
            let start = moment.addingTimeInterval(delay(of: moment))
            if start > date { return Slot(nominal: moment, start: start, isReconcile: isReconcile) }
            nominal = pattern.next(after: moment, in: zone)
        }
        return nil
    }

    /// Seconds up to the jitter, the same for the same entry and minute on every machine and after every restart.
    private func delay(of nominal: Date) -> Double {
        guard jitter > 0 else { return 0 }
        let seed = "\(entry) \(Int64(nominal.timeIntervalSince1970) / 60)"
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in seed.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash ^= hash >> 33
        hash = hash &* 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 33
        return Double(hash % 1_000_000) / 1_000_000 * jitter
    }
}
