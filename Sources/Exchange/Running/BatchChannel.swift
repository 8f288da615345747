import Model
import Synchronization

/// Hands batches from the task that reads a source to the task that stages them, and makes the reader wait while the
/// stage is full: memory is set by the capacity, not by the dataset. One sender, one receiver.
final class BatchChannel<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var isFinished = false
        var isCancelled = false
        var sender: CheckedContinuation<Void, Never>?
        var receiver: CheckedContinuation<Void, Never>?

        mutating func wakeBoth() -> [CheckedContinuation<Void, Never>] {
            defer { (sender, receiver) = (nil, nil) }
            return [sender, receiver].compactMap { $0 }
        }
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = capacity }

    /// Hands an element over, waiting for room.
    ///
    /// - Throws: `run.cancelled` once the channel is cancelled.
    func send(_ element: Element) async throws(Fault) {
        while true {
            let isSent = try state.withLock { state throws(Fault) in
                if state.isCancelled { throw Fault(.runCancelled, "the run was stopped") }
                guard state.elements.count < capacity else { return false }
                state.elements.append(element)
                state.receiver?.resume()
                state.receiver = nil
                return true
            }
            if isSent { return }
            await pause(\.sender) { $0.elements.count >= self.capacity }
        }
    }

    /// The next element; nil after the last.
    ///
    /// - Throws: `run.cancelled` once the channel is cancelled.
    func next() async throws(Fault) -> Element? {
        while true {
            let (element, isOver) = try state.withLock { state throws(Fault) -> (Element?, Bool) in
                if state.isCancelled { throw Fault(.runCancelled, "the run was stopped") }
                guard !state.elements.isEmpty else { return (nil, state.isFinished) }
                state.sender?.resume()
                state.sender = nil
                return (state.elements.removeFirst(), false)
            }
            if let element { return element }
            if isOver { return nil }
            await pause(\.receiver) { $0.elements.isEmpty }
        }
    }

    /// Says that nothing more will be sent.
    func finish() {
        for waiting in state.withLock({ state in
            state.isFinished = true
            return state.wakeBoth()
        }) { waiting.resume() }
    }

    /// Ends both sides: what was sent and not received is dropped.
    func cancel() {
        for waiting in state.withLock({ state in
            state.isCancelled = true
            state.elements = []
            return state.wakeBoth()
        }) { waiting.resume() }
    }

    private func pause(
        _ side: any WritableKeyPath<State, CheckedContinuation<Void, Never>?> & Sendable,
        while mustWait: @Sendable (borrowing State) -> Bool
    ) async {
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                guard !state.isCancelled, !state.isFinished, mustWait(state) else { return true }
                state[keyPath: side] = continuation
                return false
            }
            if goesOn { continuation.resume() }
        }
    }
}
