import Model
import Synchronization

/// How many requests are answered at once. More are told to come again: each holds memory while it waits, and whoever asked
/// has long gone when its turn comes.
final class Admission: Sendable {
    private let most: Int
    private let connections: OpenConnections
    private let within = Atomic(0)

    /// Bytes that may lie there to be sent before more are not made.
    private static let mostUnsent = 256 << 20

    init(most: Int, connections: OpenConnections) {
        self.most = most
        self.connections = connections
    }

    /// Whether a route is answered whatever else goes on: by it an operator sees that too much does.
    private static func isAlways(_ route: Route) -> Bool {
        switch route {
        case .live, .ready, .metrics, .landing: true
        default: false
        }
    }

    /// Takes a place among those that are answered.
    ///
    /// - Returns: whether the place has to be given back (``leave()``).
    /// - Throws: `gateway.overloaded` where there is none.
    func enter(_ route: Route) throws(Fault) -> Bool {
        if Admission.isAlways(route) { return false }
        guard connections.unsent.load(ordering: .relaxed) < Admission.mostUnsent else {
            throw Admission.full("callers take their answers too slowly")
        }
        guard within.add(1, ordering: .relaxed).newValue <= most else {
            leave()
            throw Admission.full("\(most) requests are being answered")
        }
        return true
    }

    func leave() { within.subtract(1, ordering: .relaxed) }

    private static func full(_ what: String) -> Fault {
        Fault(.overloaded, "too much is asked at once: \(what)", advice: "Ask again in a moment.", retryAfter: 1)
    }
}
