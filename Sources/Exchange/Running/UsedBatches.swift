import Synchronization

/// Batches on their way back to whoever fills them: memory fresh from the system costs more, page by page, than what is
/// written into it.
final class UsedBatches<Batch: Sendable>: Sendable {
    private let batches = Mutex<[Batch]>([])

    func put(_ batch: Batch) { batches.withLock { $0.append(batch) } }

    func take() -> Batch? { batches.withLock { $0.popLast() } }
}
