import CCurl
import Synchronization

/// What other threads ask of the loop's thread, and the only way to wake it.
final class Inbox: Sendable {
    enum Message: Sendable {
        case start(Order)
        case resume(UInt64)
        case cancel(UInt64)
    }

    /// Proof for the compiler's eyes: all that can be done with it is the one call that libcurl allows to any thread,
    /// and the state's lock keeps that from a handle that was freed (`forget`).
    private struct Wakeable: @unchecked Sendable {
        private let multi: UnsafeMutableRawPointer

        init(_ multi: UnsafeMutableRawPointer) { self.multi = multi }

        func wake() { curl_multi_wakeup(multi) }
    }

    private struct State {
        var messages: [Message] = []
        var lastNumber: UInt64 = 0
        var isClosed = false
        var isEnded = false
        /// Nil before the loop begins and once it ends.
        var multi: Wakeable?
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// The loop has a handle to be woken with.
    func wake(with multi: UnsafeMutableRawPointer) {
        let wakeable = Wakeable(multi)
        state.withLock { $0.multi = wakeable }
    }

    func nextNumber() -> UInt64 {
        state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
    }

    /// False where the loop takes nothing more.
    @discardableResult
    func post(_ message: Message) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.messages.append(message)
            if state.messages.count == 1, let multi = state.multi { multi.wake() }
            return true
        }
    }

    /// What came in since the last call, or nil when the loop shall end.
    func drain() -> [Message]? {
        state.withLock { state in
            guard !state.isClosed else { return nil }
            defer { state.messages.removeAll(keepingCapacity: true) }
            return state.messages
        }
    }

    func close() {
        state.withLock { state in
            state.isClosed = true
            if let multi = state.multi { multi.wake() }
        }
    }

    /// The loop is about to free its handle: nobody may wake it from here on.
    func forget() {
        state.withLock { $0.multi = nil }
    }

    /// The loop's last word: what it never took is refused here.
    func markEnded() {
        let (messages, waiters) = state.withLock { state in
            defer { (state.messages, state.waiters) = ([], []) }
            (state.isClosed, state.isEnded) = (true, true)
            return (state.messages, state.waiters)
        }
        for case .start(let order) in messages { order.fail(.shutDown) }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when the loop's thread has nothing left to do.
    func ended() async {
        await withCheckedContinuation { waiter in
            let isEnded = state.withLock { state in
                if !state.isEnded { state.waiters.append(waiter) }
                return state.isEnded
            }
            if isEnded { waiter.resume() }
        }
    }
}
