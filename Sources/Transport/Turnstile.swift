import Model
import Synchronization

/// Lets requests through to each system at its pace: so many at once, first come first served, and so many a second.
final class Turnstile: Sendable {
    private struct Lane {
        var inside = 0
        var bucket = TokenBucket()
        var queue: [(number: UInt64, waiter: CheckedContinuation<Bool, Never>)] = []
    }

    private struct State {
        var lanes: [String: Lane] = [:]
        var lastNumber: UInt64 = 0
    }

    private let state = Mutex(State())
    private let timing: Timing

    init(timing: Timing) {
        self.timing = timing
    }

    /// Waits for a place and for the rate; each return is owed one `leave`, each fault none.
    func enter(_ pace: Pace) async throws(Fault) {
        guard await takePlace(pace) else { throw .cancelled }
        let now = timing.now()
        let wait = state.withLock { state in
            state.lanes[pace.system, default: Lane()].bucket.take(at: now, perSecond: pace.requestsPerSecond)
        }
        guard wait > 0 else { return }
        do {
            try await timing.sleep(wait)
        } catch {
            leave(pace)
            throw .cancelled
        }
    }

    /// Gives the place to who waits longest.
    func leave(_ pace: Pace) {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard var lane = state.lanes[pace.system] else { return nil }
            defer { state.lanes[pace.system] = lane }
            guard lane.inside <= max(1, pace.concurrency), !lane.queue.isEmpty else {
                lane.inside -= 1
                return nil
            }
            return lane.queue.removeFirst().waiter
        }
        next?.resume(returning: true)
    }

    private func takePlace(_ pace: Pace) async -> Bool {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                if let answer = admit(pace, number, waiter) { waiter.resume(returning: answer) }
            }
        } onCancel: {
            giveUp(pace, number)
        }
    }

    /// Whether the place was taken, or nil when `waiter` stands in the queue now.
    private func admit(_ pace: Pace, _ number: UInt64, _ waiter: CheckedContinuation<Bool, Never>) -> Bool? {
        state.withLock { state in
            // Asked under the lock: a cancellation before this is seen here, one after it finds the queue's element.
            if Task.isCancelled { return false }
            var lane = state.lanes[pace.system, default: Lane()]
            defer { state.lanes[pace.system] = lane }
            if lane.inside < max(1, pace.concurrency), lane.queue.isEmpty {
                lane.inside += 1
                return true
            }
            lane.queue.append((number, waiter))
            return nil
        }
    }

    private func giveUp(_ pace: Pace, _ number: UInt64) {
        let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard let place = state.lanes[pace.system]?.queue.firstIndex(where: { $0.number == number }) else {
                return nil
            }
            return state.lanes[pace.system]?.queue.remove(at: place).waiter
        }
        waiter?.resume(returning: false)
    }
}
