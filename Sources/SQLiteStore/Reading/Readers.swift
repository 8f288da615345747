import GRDB
import Model
import Store
import Synchronization

/// The connections that collections are read over, for whoever reads to take and give back.
///
/// Taking one is a lock and no more: whoever is on a thread already reads there. There are never more than threads that
/// read, and snapshots that are kept.
final class Readers: Sendable {
    private struct State {
        var idle: [Reader] = []
        var kept = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let threads = ReaderThreads(count: 4)
    /// For what keys and indexes bound: pages that scan a collection do not hold it up.
    private let quickThreads = ReaderThreads(count: 2)
    private let open: @Sendable () throws(Fault) -> Reader

    /// Each costs a connection and holds the write-ahead log at its moment.
    private static let mostKept = 32

    init(open: @escaping @Sendable () throws(Fault) -> Reader) { self.open = open }

    deinit {
        threads.stop()
        quickThreads.stop()
    }

    /// Reads on the calling thread.
    func readAtOnce<Answer>(
        _ name: String, _ body: (any CollectionReader) throws(Fault) -> Answer
    ) throws(Fault) -> Answer {
        let loan = try borrow()
        return try loan.reader.read(name, nil, loan, body)
    }

    /// Reads on one of the threads, with a new snapshot or the one that a loan has kept.
    func read<Answer: Sendable>(
        _ name: String, within seconds: Double?, on kept: ReaderLoan? = nil,
        _ body: @escaping @Sendable (any CollectionReader) throws(Fault) -> Answer
    ) async throws(Fault) -> Answer {
        try await wait(for: ReadOrder(within: seconds), on: threads) { [self] order throws(Fault) in
            let loan = if let kept { kept } else { try borrow() }
            return try loan.reader.read(name, order, loan, body)
        }
    }

    /// Looks something up on one of the quick threads, in one snapshot, until its task is cancelled.
    func look<Answer: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Answer
    ) async throws(Fault) -> Answer {
        try await wait(for: ReadOrder(within: nil), on: quickThreads) { [self] order throws(Fault) in
            let loan = try borrow()
            return try loan.reader.look(order, body)
        }
    }

    private func wait<Answer: Sendable>(
        for order: ReadOrder, on threads: ReaderThreads,
        _ reading: @escaping @Sendable (ReadOrder) throws(Fault) -> Answer
    ) async throws(Fault) -> Answer {
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { (waiting: UnsafeContinuation<Result<Answer, Fault>, Never>) in
                let isTaken = threads.run {
                    waiting.resume(
                        returning: Result { () throws(Fault) in try reading(order) })
                }
                if !isTaken { waiting.resume(returning: .failure(Readers.closed)) }
            }
        } onCancel: {
            order.cancel()
        }
        return try outcome.get()
    }

    private static let closed = Fault(.unavailable, "the store is closed")

    private func borrow() throws(Fault) -> ReaderLoan {
        let (idle, isClosed) = state.withLock { ($0.idle.popLast(), $0.isClosed) }
        guard !isClosed else { throw Readers.closed }
        if let idle { return ReaderLoan(idle, from: self) }
        return ReaderLoan(try open(), from: self)
    }

    fileprivate func takeBack(_ reader: Reader, wasKept: Bool) {
        let isClosed = state.withLock { state in
            if wasKept { state.kept -= 1 }
            if !state.isClosed { state.idle.append(reader) }
            return state.isClosed
        }
        if isClosed { reader.close() }
    }

    fileprivate func mayKeep() -> Bool {
        state.withLock { state in
            guard state.kept < Readers.mostKept else { return false }
            state.kept += 1
            return true
        }
    }

    /// Waits for what is being read; a snapshot that is kept is closed when it is given up.
    func close() {
        for threads in [threads, quickThreads] {
            threads.stop()
            threads.wait()
        }
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for reader in idle { reader.close() }
    }
}

/// One reader while somebody has it: it goes back when nobody holds this any more.
///
/// `@unchecked Sendable`: `isKept` is written inside the reader's queue only, and read there or by the last holder.
final class ReaderLoan: @unchecked Sendable {
    let reader: Reader
    let readers: Readers
    private(set) var isKept = false

    fileprivate init(_ reader: Reader, from readers: Readers) {
        self.reader = reader
        self.readers = readers
    }

    /// Keeps the snapshot open when the reading ends.
    ///
    /// - Returns: false where too many are kept.
    func keep() -> Bool {
        if !isKept { isKept = readers.mayKeep() }
        return isKept
    }

    deinit {
        if isKept { reader.end() }
        readers.takeBack(reader, wasKept: isKept)
    }
}
