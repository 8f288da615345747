import Foundation
import Model

/// When a failed run of the schedule is tried again: three times at most, ever later.
struct Retry: Sendable, Equatable {
    static let delays: [Double] = [60, 300, 900]

    private var failures = 0
    /// The moment of the next try; nil where there is none.
    var at: Date?

    /// Plans the next try, where trying again can help and the tries are not used up.
    mutating func failed(_ fault: Fault, at now: Date) {
        guard fault.isRetryable, failures < Retry.delays.count else {
            self = Retry()
            return
        }
        at = now.addingTimeInterval(max(Retry.delays[failures], fault.retryAfter ?? 0))
        failures += 1
    }
}
