import Model
import Synchronization

/// The circuit breakers of all systems, by the name of their pace.
final class Circuits: Sendable {
    private let policy: CircuitPolicy
    private let timing: Timing
    private let circuits = Mutex<[String: Circuit]>([:])

    init(_ policy: CircuitPolicy, timing: Timing) {
        self.policy = policy
        self.timing = timing
    }

    /// Lets a request through to a system.
    ///
    /// - Parameters:
    ///   - insists: whether it is let through in any case.
    ///   - place: what is asked, for people.
    /// - Throws: `source.circuit-open`.
    func enter(_ system: String, insists: Bool, place: String) throws(Fault) -> CircuitPass {
        let now = timing.now()
        let (pass, circuit) = circuits.withLock { circuits in
            let pass = circuits[system, default: Circuit()].pass(at: now)
            return (pass, circuits[system] ?? Circuit())
        }
        if let pass { return CircuitPass(self, system, pass) }
        if insists { return CircuitPass(self, system, .free) }
        throw refused(place, system, circuit, at: now)
    }

    /// Every circuit that is not as it should be, by the name of its system.
    var states: [CircuitStatus] {
        let (now, date) = (timing.now(), timing.date())
        return circuits.withLock { $0 }.filter { $0.value.failures > 0 }.sorted { $0.key < $1.key }
            .map { system, circuit in
                let wait = circuit.wait(at: now)
                return CircuitStatus(
                    system: system, state: circuit.phase == .closed ? .closed : wait == nil ? .halfOpen : .open,
                    failures: circuit.failures, since: circuit.openedAt.map { ChinaTime.text(date - (now - $0)) },
                    nextAttempt: wait.map { ChinaTime.text(date + $0) }, fault: circuit.fault)
            }
    }

    fileprivate func answered(_ system: String) { circuits.withLock { $0[system] = nil } }

    fileprivate func failed(_ system: String, _ fault: Fault, attempts: Int, pass: Circuit.Pass) {
        let now = timing.now()
        circuits.withLock { circuits in
            circuits[system, default: Circuit()].failed(fault, attempts: attempts, pass: pass, at: now, by: policy)
        }
    }

    fileprivate func abandoned(_ system: String, _ pass: Circuit.Pass) {
        let now = timing.now()
        circuits.withLock { $0[system]?.abandoned(pass, at: now) }
    }

    private func refused(_ place: String, _ system: String, _ circuit: Circuit, at now: Double) -> Fault {
        let wait = circuit.wait(at: now) ?? policy.pause
        let last = circuit.fault.map { ", last with \($0.code.rawValue)" } ?? ""
        return Fault(
            .sourceCircuitOpen,
            "\(place) was not asked: the system \(system) failed \(circuit.failures) times in a row\(last).",
            advice:
                "It is asked again by itself in \(Int(wait.rounded(.up))) seconds; a run started by hand asks at once.",
            retryAfter: wait, context: ["system": system])
    }
}

/// One request's way through its system's circuit: it says once what came of it, by being dropped at the latest.
final class CircuitPass: Sendable {
    private let circuits: Circuits
    private let system: String
    private let pass: Circuit.Pass
    private let progress = Mutex((hasBegun: false, isSettled: false))

    fileprivate init(_ circuits: Circuits, _ system: String, _ pass: Circuit.Pass) {
        self.circuits = circuits
        self.system = system
        self.pass = pass
    }

    deinit {
        // An answer that was begun and not wanted any more is an answer.
        let hasBegun = progress.withLock { $0.hasBegun }
        settle { hasBegun ? $0.answered(system) : $0.abandoned(system, pass) }
    }

    /// Whether it is let through to see whether the system is well: then it is sent once.
    var isProbe: Bool { pass == .probe }

    /// The system has begun to answer.
    func begun() { progress.withLock { $0.hasBegun = true } }

    /// The system answered.
    func answered() { settle { $0.answered(system) } }

    /// The request was given up.
    func failed(_ fault: Fault, attempts: Int = 1) {
        switch fault.code {
        // Nothing was asked of the system, or nothing is known of how it is.
        case .sourceTLS, .sourceForbidden: break
        case let code where code.origin != .source: break
        case _ where fault.isRetryable: settle { $0.failed(system, fault, attempts: attempts, pass: pass) }
        default: answered()
        }
    }

    private func settle(_ work: (Circuits) -> Void) {
        let isFirst = progress.withLock { progress in
            defer { progress.isSettled = true }
            return !progress.isSettled
        }
        if isFirst { work(circuits) }
    }
}
