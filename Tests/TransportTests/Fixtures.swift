import Loopback
import Model
import Testing

@testable import Transport

extension OutboundPolicy {
    static var loopback: OutboundPolicy { OutboundPolicy(allowsLoopback: true) }
}

extension Transport {
    /// Allowed to ask this machine, with a clock that stands still but for its own sleeps.
    convenience init(clock: FakeClock = FakeClock()) {
        self.init(policy: .loopback, timing: clock.timing)
    }
}

/// The fault that `work` throws; a test fails where it throws none.
func fault<T>(_ work: () async throws(Fault) -> T, at place: SourceLocation = #_sourceLocation) async throws -> Fault {
    do {
        _ = try await work()
    } catch {
        return error
    }
    Issue.record("No fault was thrown.", sourceLocation: place)
    throw CancellationError()
}
