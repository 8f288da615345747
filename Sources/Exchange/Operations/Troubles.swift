import Foundation
import Model

/// Finds what is wrong with an exchange, the gravest first.
struct Troubles {
    let status: ExchangeStatus
    let failures: [String: FailureStreak]
    /// What keeps the store from being written, or is about to.
    let store: Fault?
    /// What keeps the schedule from starting runs.
    let schedule: Fault?

    var all: [Trouble] {
        faults + catalogue + status.circuits.compactMap(trouble(of:)) + status.entries.compactMap(trouble(of:))
    }

    private var faults: [Trouble] {
        [(Trouble.Kind.store, store), (.schedule, schedule)].compactMap { kind, fault in
            fault.map { Trouble(kind, since: $0.context["since"], $0.message, code: $0.code) }
        }
    }

    private var catalogue: [Trouble] {
        guard let first = status.catalogue.problems.first else { return [] }
        let count = status.catalogue.problems.count
        let more = count > 1 ? " and \(count - 1) more mistakes" : ""
        return [
            Trouble(
                .catalogue, since: status.catalogue.problemsSince, "\(first)\(more)",
                code: .badCatalogue)
        ]
    }

    private func trouble(of circuit: CircuitStatus) -> Trouble? {
        guard circuit.state != .closed else { return nil }
        let last = circuit.fault.map { ", last: \($0.message)" } ?? ""
        return Trouble(
            .system, about: circuit.system, since: circuit.since,
            "failed \(circuit.failures) times in a row and is left alone for a while\(last)",
            code: circuit.fault?.code ?? .sourceCircuitOpen)
    }

    /// What is wrong with an entry: one thing, that which has to be done something about.
    private func trouble(of entry: ExchangeStatus.EntryStatus) -> Trouble? {
        if let run = entry.lastRun, run.state == .failed, let streak = failures[entry.entry] {
            let runs = streak.count == 1 ? "a run" : "\(streak.count) runs"
            return Trouble(
                .failing, about: entry.entry, since: streak.since,
                "\(runs) failed: \(run.fault?.message ?? "no reason kept")", code: run.fault?.code, run: run.number,
                servedFrom: entry.lastPublished)
        }
        if let run = entry.lastRun, run.state == .held {
            return Trouble(
                .held, about: entry.entry, since: run.endedAt ?? run.startedAt,
                "run \(run.number) waits for a decision: \(run.reasons.first ?? "no reason kept")", run: run.number,
                servedFrom: entry.lastPublished)
        }
        guard entry.isFresh == false else { return nil }
        let paused = entry.isPaused ? ", and its schedule is paused" : ""
        return Trouble(
            .stale, about: entry.entry, since: entry.staleSince,
            entry.lastPublished == nil
                ? "was never published\(paused)" : "was not published within its update cycle\(paused)",
            servedFrom: entry.lastPublished)
    }
}
