import Model
import Synchronization

/// What passes between the loop's thread, which brings a head and a body, and the one task that waits for them.
///
/// The body's bytes lie here until they are read, never more than `highWater` and one piece of libcurl's: then `offer`
/// says no, the transfer is paused, and the reader's progress below `lowWater` asks the loop to go on.
final class TransferChannel: Sendable {
    static let chunkBytes = 256 << 10
    static let highWater = 1 << 20
    static let lowWater = 512 << 10
    private static let lentLimit = 6

    private struct State {
        var head: Result<ResponseHead, Failure>?
        var headWaiter: CheckedContinuation<Result<ResponseHead, Failure>, Never>?
        /// Full chunks in order, then the one that is being filled.
        var full: [[UInt8]] = []
        var open: [UInt8] = []
        /// Chunks that were handed over, to be filled again once the reader has let go of them. Memory fresh from the
        /// system costs more, page by page, than all else on the way from the socket.
        var lent: [[UInt8]] = []
        var buffered = 0
        /// All bytes so far.
        var passed = 0
        var isPaused = false
        var end: Result<Void, Fault>?
        var bodyWaiter: CheckedContinuation<Result<[UInt8]?, Fault>, Never>?

        mutating func append(_ bytes: UnsafeRawBufferPointer) {
            if open.count + bytes.count > TransferChannel.chunkBytes {
                full.append(open)
                open = []
            }
            if open.capacity == 0, passed >= TransferChannel.chunkBytes { open = emptied() }
            open.append(contentsOf: bytes)
            buffered += bytes.count
            passed += bytes.count
        }

        /// The storage of a chunk that was lent where the reader has dropped it, new storage otherwise.
        private mutating func emptied() -> [UInt8] {
            var chunk = lent.isEmpty ? [] : lent.removeFirst()
            chunk.removeAll(keepingCapacity: true)
            chunk.reserveCapacity(TransferChannel.chunkBytes)
            return chunk
        }

        mutating func takeChunk() -> [UInt8]? {
            guard buffered > 0 else { return nil }
            let chunk: [UInt8]
            if full.isEmpty {
                chunk = open
                open = []
            } else {
                chunk = full.removeFirst()
            }
            if lent.count < TransferChannel.lentLimit { lent.append(chunk) }
            buffered -= chunk.count
            return chunk
        }

        mutating func drop() {
            lent = []
            full = []
            open = []
            buffered = 0
            if end != nil { end = .failure(.cancelled) }
        }
    }

    let number: UInt64
    private let inbox: Inbox
    private let state = Mutex(State())

    init(inbox: Inbox) {
        self.inbox = inbox
        number = inbox.nextNumber()
    }
}

// The side of the loop's thread
extension TransferChannel {
    /// The head, at the body's first byte or at the end of an answer that has none.
    func deliver(_ head: ResponseHead) {
        settleHead(.success(head))
    }

    /// Takes the bytes, or refuses them while the reader is behind.
    func offer(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let (isTaken, isChunkWanted) = state.withLock { state in
            guard state.buffered == 0 || state.buffered + bytes.count <= Self.highWater else {
                state.isPaused = true
                return (false, false)
            }
            state.append(bytes)
            return (true, !state.full.isEmpty && state.bodyWaiter != nil)
        }
        if isChunkWanted { flush() }
        return isTaken
    }

    /// Hands what has come to a reader that waits for it: once a turn of the loop and not once a piece.
    func flush() {
        let handover = state.withLock { state -> (CheckedContinuation<Result<[UInt8]?, Fault>, Never>, [UInt8])? in
            guard let waiter = state.bodyWaiter, let chunk = state.takeChunk() else { return nil }
            state.bodyWaiter = nil
            return (waiter, chunk)
        }
        if let (waiter, chunk) = handover { waiter.resume(returning: .success(chunk)) }
    }

    /// The body's end, or why there is none. What was said first holds.
    func finish(_ end: Result<Void, Failure>) {
        flush()
        let waiter = state.withLock { state -> CheckedContinuation<Result<[UInt8]?, Fault>, Never>? in
            guard state.end == nil else { return nil }
            state.end = end.mapError(\.fault)
            defer { state.bodyWaiter = nil }
            return state.bodyWaiter
        }
        waiter?.resume(returning: end.map { nil }.mapError(\.fault))
        if case .failure(let failure) = end { settleHead(.failure(failure)) }
    }

    private func settleHead(_ head: Result<ResponseHead, Failure>) {
        let waiter = state.withLock { state -> CheckedContinuation<Result<ResponseHead, Failure>, Never>? in
            guard state.head == nil else { return nil }
            state.head = head
            defer { state.headWaiter = nil }
            return state.headWaiter
        }
        waiter?.resume(returning: head)
    }
}

// The side of the task
extension TransferChannel {
    func head() async throws(Failure) -> ResponseHead {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let known = state.withLock { state in
                    if state.head == nil { state.headWaiter = waiter }
                    return state.head
                }
                if let known { waiter.resume(returning: known) }
            }
        } onCancel: {
            abandon()
        }
        return try result.get()
    }

    func nextChunk() async throws(Fault) -> [UInt8]? {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                if let known = take(or: waiter) { waiter.resume(returning: known) }
            }
        } onCancel: {
            abandon()
        }
        return try result.get()
    }

    /// Ends a transfer that nobody reads any more. What is still here is dropped, and never taken for the whole.
    func abandon() {
        let isUnderWay = state.withLock { state in
            defer { state.drop() }
            return state.end == nil
        }
        finish(.failure(Failure(.cancelled)))
        if isUnderWay { inbox.post(.cancel(number)) }
    }

    private func take(
        or waiter: CheckedContinuation<Result<[UInt8]?, Fault>, Never>
    ) -> Result<[UInt8]?, Fault>? {
        let (answer, shouldResume) = state.withLock { state -> (Result<[UInt8]?, Fault>?, Bool) in
            if let chunk = state.takeChunk() {
                let shouldResume = state.isPaused && state.buffered <= Self.lowWater
                if shouldResume { state.isPaused = false }
                return (.success(chunk), shouldResume)
            }
            if let end = state.end { return (end.map { nil }, false) }
            state.bodyWaiter = waiter
            return (nil, false)
        }
        if shouldResume { inbox.post(.resume(number)) }
        return answer
    }
}
