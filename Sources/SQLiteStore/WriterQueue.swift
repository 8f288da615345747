import GRDB
import Model
import Synchronization

/// Runs what is written one after the other, and commits together what waits together.
///
/// Bringing a commit to the disk takes as long for one publication as for twenty, and a thousand entries that are due in
/// one minute would wait for a thousand of them. Each piece of work is a savepoint: one that fails takes back nothing but
/// itself, and is answered at once with the others, when the commit they share is done.
final class WriterQueue: Sendable {
    /// How a piece of work is committed.
    enum Kind: Sendable {
        /// A crash of the machine may take it back: it is done again then.
        case ordinary
        /// On disk when it is answered.
        case publication
    }

    private struct Job: Sendable {
        let kind: Kind
        let isLong: Bool
        let since = ContinuousClock.now
        let work: @Sendable (Database) -> Outcome
        /// Answers work that was not begun.
        let refuse: @Sendable (any Error) -> Void
    }

    /// Work that was done, and waits to be committed.
    private struct Outcome {
        /// What it failed with by itself.
        let error: (any Error)?
        /// Answers, once it is known how the commit went.
        let answer: (_ failure: (any Error)?) -> Void
    }

    private struct State {
        var jobs: [Job] = []
        var isWriting = false
        var activity = StoreActivity()
    }

    private let pool: DatabasePool
    private let state = Mutex(State())

    /// As many as share a commit at most.
    private static let together = 32

    init(_ pool: DatabasePool) { self.pool = pool }

    /// What it has done since it began.
    var activity: StoreActivity {
        state.withLock { state in
            var activity = state.activity
            activity.waiting = state.jobs.count
            return activity
        }
    }

    /// How many pieces of work have not begun.
    var waiting: Int { state.withLock { $0.jobs.count } }

    /// Whether any is being done.
    var isWriting: Bool { state.withLock { $0.isWriting } }

    /// Does a piece of work in a transaction.
    ///
    /// - Parameter isLong: it shares its commit with nothing, so that nothing short waits for its end.
    func write<T: Sendable>(
        _ kind: Kind, isLong: Bool = false, _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
        // Work that began is ended; a task that was stopped begins none.
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            add(
                Job(
                    kind: kind, isLong: isLong, work: { db in WriterQueue.outcome(of: body, continuation, db) },
                    refuse: { continuation.resume(throwing: $0) }))
        }
    }

    private static func outcome<T: Sendable>(
        of body: (Database) throws -> T, _ continuation: CheckedContinuation<T, any Error>, _ db: Database
    ) -> Outcome {
        do {
            let result = try within(db, body)
            return Outcome(error: nil) { failure in
                if let failure {
                    continuation.resume(throwing: failure)
                } else {
                    continuation.resume(returning: result)
                }
            }
        } catch {
            return Outcome(error: error) { _ in continuation.resume(throwing: error) }
        }
    }

    private static func within<T>(_ db: Database, _ body: (Database) throws -> T) throws -> T {
        var result: T?
        try db.inSavepoint {
            result = try body(db)
            return .commit
        }
        guard let result else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
        return result
    }

    private func add(_ job: Job) {
        let begins = state.withLock { state in
            state.jobs.append(job)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        guard begins else { return }
        pool.asyncWriteWithoutTransaction { db in
            while let jobs = self.next() { self.commit(jobs, db) }
        }
    }

    /// What shares the next commit; nil where nothing waits.
    private func next() -> [Job]? {
        state.withLock { state in
            guard let first = state.jobs.first else {
                state.isWriting = false
                return nil
            }
            let short = state.jobs.prefix(WriterQueue.together).prefix { !$0.isLong }
            let jobs = first.isLong ? [first] : Array(short)
            state.jobs.removeFirst(jobs.count)
            return jobs
        }
    }

    private func commit(_ jobs: [Job], _ db: Database) {
        var outcomes: [Outcome] = []
        let began = ContinuousClock.now
        // Before anybody is answered, so that who is answered finds it counted.
        func count() {
            state.withLock { state in
                state.activity.commits += 1
                state.activity.busySeconds += (.now - began) / .seconds(1)
                for job in jobs { state.activity.waitedSeconds += (began - job.since) / .seconds(1) }
            }
        }
        do {
            let isPublication = jobs.contains { $0.kind == .publication }
            if isPublication { try db.execute(sql: "PRAGMA synchronous = FULL") }
            defer { if isPublication { try? db.execute(sql: "PRAGMA synchronous = NORMAL") } }
            // What changes lies all over the indexes: pages that leave the cache between two changes are written twice.
            let isLarge = isPublication && jobs[0].isLong
            if isLarge { try db.execute(sql: "PRAGMA cache_size = \(SQLiteStore.largeCacheSize)") }
            defer { if isLarge { try? db.execute(sql: "PRAGMA cache_size = \(SQLiteStore.cacheSize)") } }
            try db.inTransaction(.immediate) {
                for job in jobs {
                    let outcome = job.work(db)
                    outcomes.append(outcome)
                    // Where the disk is full or fails, the engine takes back all that was done since the last commit.
                    guard db.isInsideTransaction else {
                        throw outcome.error ?? DatabaseError(resultCode: .SQLITE_ABORT)
                    }
                }
                return .commit
            }
            count()
            for outcome in outcomes { outcome.answer(nil) }
        } catch {
            count()
            for outcome in outcomes { outcome.answer(error) }
            for job in jobs.dropFirst(outcomes.count) { job.refuse(error) }
        }
    }
}
