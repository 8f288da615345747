import Model
import Synchronization

/// How long one reading may take, and whether anybody still waits for it.
///
/// SQLite asks now and then while it works (`sqlite3_progress_handler`), so that a scan of millions of rows ends soon after
/// its time is up or its caller has gone, and takes no thread along.
final class ReadOrder: Sendable {
    private let seconds: Double?
    private let end: ContinuousClock.Instant?
    private let isCancelled = Atomic(false)

    /// - Parameter seconds: from now; waiting counts.
    init(within seconds: Double?) {
        self.seconds = seconds
        end = seconds.map { ContinuousClock.now + .seconds($0) }
    }

    func cancel() { isCancelled.store(true, ordering: .relaxed) }

    var isOver: Bool {
        if isCancelled.load(ordering: .relaxed) { return true }
        return end.map { ContinuousClock.now >= $0 } ?? false
    }

    /// What is told of a reading that is over.
    var fault: Fault {
        let advice = "Ask for fewer records, or filter by the key or an indexed field."
        guard let seconds, !isCancelled.load(ordering: .relaxed) else {
            return Fault(.storeBusy, "the query was given up before its end", advice: advice)
        }
        return Fault(.storeBusy, "the query took longer than \(seconds) seconds", advice: advice)
    }
}
