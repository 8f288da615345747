import Dispatch
import Foundation
import Synchronization

/// A few threads for readings that may take long: one that scans a collection holds up neither the tasks of the process
/// nor the event loops, and one that a key bounds does not wait behind it.
///
/// They are the store's own: the hop through a dispatch queue and a pool of connections cost 270 µs, one through a lock
/// and a semaphore costs 10.
final class ReaderThreads: Sendable {
    typealias Work = @Sendable () -> Void

    private struct Queue {
        var waiting: [Work] = []
        /// Where the next stands; what is before it has been taken.
        var next = 0
        var started = 0
        var resting = 0
        var isStopped = false

        mutating func take() -> Work? {
            guard next < waiting.count else { return nil }
            defer {
                next += 1
                if next == waiting.count {
                    waiting.removeAll(keepingCapacity: true)
                    next = 0
                }
            }
            return waiting[next]
        }
    }

    private let count: Int
    private let queue = Mutex(Queue())
    private let arrived = DispatchSemaphore(value: 0)
    private let ended = DispatchGroup()

    /// - Parameter count: threads at most; they are started when they are needed.
    init(count: Int) { self.count = count }

    /// Runs the work on one of the threads, in the order of arrival.
    ///
    /// - Returns: false, and the work is not run, once they are stopped.
    func run(_ work: @escaping Work) -> Bool {
        let (isTaken, isNewNeeded) = queue.withLock { queue in
            guard !queue.isStopped else { return (false, false) }
            queue.waiting.append(work)
            let isNewNeeded = queue.waiting.count - queue.next > queue.resting && queue.started < count
            if isNewNeeded { queue.started += 1 }
            return (true, isNewNeeded)
        }
        if isNewNeeded { start() }
        if isTaken { arrived.signal() }
        return isTaken
    }

    private func start() {
        ended.enter()
        Thread.detachNewThread { [self] in
            while let work = take() { work() }
            ended.leave()
        }
    }

    private func take() -> Work? {
        queue.withLock { $0.resting += 1 }
        arrived.wait()
        return queue.withLock { queue in
            queue.resting -= 1
            return queue.take()
        }
    }

    /// Takes no more work; the threads end when they have done what waits.
    func stop() {
        let started = queue.withLock { queue in
            defer { queue.isStopped = true }
            return queue.isStopped ? 0 : queue.started
        }
        // With nothing waiting a signal is the sign to end.
        for _ in 0..<started { arrived.signal() }
    }

    /// Returns when the threads that were stopped have ended.
    func wait() { ended.wait() }
}
