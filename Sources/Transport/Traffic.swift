import Model
import Synchronization

/// Counts what is asked of each system and what comes back.
final class Traffic: Sendable {
    private let systems = Mutex<[String: SystemActivity]>([:])

    func count(_ system: String, _ change: (inout SystemActivity) -> Void) {
        systems.withLock { change(&$0[system, default: SystemActivity()]) }
    }

    var all: [String: SystemActivity] { systems.withLock { $0 } }
}
