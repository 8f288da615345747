import Model
import Store
import Synchronization

/// Remembers what every run asks for first: the current version of its entry, and the key of digests.
///
/// They change here or nowhere: the process that runs entries is the only one that writes. A run then reads nothing before
/// it begins, while tables that others make have each reader learn the schema anew.
final class Registered: Sendable {
    private struct State {
        var registrations: [String: Registration] = [:]
        var digestKey: [UInt8]?
        /// Counts what was forgotten, so that what was read before is not remembered after.
        var age = 0
    }

    private let state = Mutex(State())

    func registration(
        of entry: String, orRead read: () throws(Fault) -> Registration?
    ) throws(Fault) -> Registration? {
        let (known, age) = state.withLock { ($0.registrations[entry], $0.age) }
        if let known { return known }
        let found = try read()
        state.withLock { state in
            if state.age == age { state.registrations[entry] = found }
        }
        return found
    }

    /// To be called when what is registered has changed.
    func forget() {
        state.withLock { state in
            state.registrations = [:]
            state.age += 1
        }
    }

    func digestKey(orRead read: () throws(Fault) -> [UInt8]) throws(Fault) -> [UInt8] {
        if let known = state.withLock({ $0.digestKey }) { return known }
        let key = try read()
        state.withLock { $0.digestKey = key }
        return key
    }
}
