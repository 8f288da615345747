import Model
import Synchronization

/// The time that parsing one body takes, with all the documents in it, so that one that is made to be slow ends.
///
/// Waiting for the source does not count, and neither does what becomes of the records.
final class ParseTime: Sendable {
    private let clock: @Sendable () -> ContinuousClock.Instant
    private let seconds: Int
    /// Nanoseconds.
    private let spent = Atomic<Int64>(0)
    private let bytes = Atomic<Int>(0)

    init(_ clock: @escaping @Sendable () -> ContinuousClock.Instant, seconds: Int) {
        self.clock = clock
        self.seconds = seconds
    }

    var now: ContinuousClock.Instant { clock() }

    /// Adds what a piece of text took.
    ///
    /// - Throws: `source.too-large` where it is all together more than it may be.
    func add(since start: ContinuousClock.Instant, bytes count: Int) throws(Fault) {
        let took = (clock() - start) / Duration.nanoseconds(1)
        spent.add(Int64(took), ordering: .relaxed)
        bytes.add(count, ordering: .relaxed)
        try check()
    }

    func check() throws(Fault) {
        let allowed = seconds + bytes.load(ordering: .relaxed) >> 20
        if spent.load(ordering: .relaxed) > Int64(allowed) * 1_000_000_000 {
            throw Fault(
                .sourceTooLarge, "the body takes longer to parse than \(allowed) seconds",
                advice: "Ask the department for smaller answers, and look at this one: it may be made to be slow.",
                context: ["bytes": String(bytes.load(ordering: .relaxed))])
        }
    }
}
