import Foundation
import Model

/// What the daemon does, entry by entry, for an alert to watch.
struct ExchangeMetrics: Sendable {
    private let status: ExchangeStatus
    private let now: Date

    init(_ status: ExchangeStatus, now: Date) {
        self.status = status
        self.now = now
    }

    func write(to text: inout PrometheusText) {
        gauge("huitong_records", "Records served.", to: &text) { Double($0.records) }
        gauge("huitong_quarantined_records", "Refused records that wait for a decision.", to: &text) {
            Double($0.quarantined)
        }
        gauge("huitong_entry_paused", "1 where the schedule is paused.", to: &text) { $0.isPaused ? 1 : 0 }
        gauge("huitong_freshness_seconds", "Seconds since the last publication.", to: &text) { entry in
            entry.lastPublished.flatMap(Date.init(timestamp:)).map { now.timeIntervalSince($0).rounded() }
        }
        gauge("huitong_entry_fresh", "1 while the update cycle is kept, 0 where it is not.", to: &text) { entry in
            entry.isFresh.map { $0 ? 1 : 0 }
        }
        text.begin("huitong_last_run", .gauge, "1 for the state that the last run is in.")
        for entry in status.entries {
            guard let run = entry.lastRun else { continue }
            text.add("huitong_last_run", [("entry", entry.entry), ("state", run.state.rawValue)], 1)
        }
        text.begin("huitong_runs_under_way", .gauge, "Runs that are not over, by entry and state.")
        for run in status.running {
            text.add("huitong_runs_under_way", [("entry", run.entry), ("state", run.state.rawValue)], 1)
        }
        text.begin("huitong_staged_records", .gauge, "Records that a run under way has staged.")
        for run in status.running {
            text.add("huitong_staged_records", [("entry", run.entry)], run.difference.read)
        }
        text.begin("huitong_troubles", .gauge, "What is wrong now, by kind; see /status.")
        for kind in Trouble.Kind.allCases {
            text.add("huitong_troubles", [("kind", kind.rawValue)], status.troubles.count { $0.kind == kind })
        }
        text.begin("huitong_system_circuit", .gauge, "1 for the state of a failing system's circuit breaker.")
        for circuit in status.circuits {
            text.add(
                "huitong_system_circuit", [("system", circuit.system), ("state", circuit.state.rawValue)], 1)
        }
        text.begin("huitong_system_failures", .gauge, "Attempts in a row that failed.")
        for circuit in status.circuits {
            text.add("huitong_system_failures", [("system", circuit.system)], circuit.failures)
        }
        text.begin("huitong_catalogue_problems", .gauge, "Mistakes in the catalogue's files as they are now.")
        text.add("huitong_catalogue_problems", [], status.catalogue.problems.count)
    }

    private func gauge(
        _ name: String, _ help: String, to text: inout PrometheusText,
        value: (ExchangeStatus.EntryStatus) -> Double?
    ) {
        text.begin(name, .gauge, help)
        for entry in status.entries {
            guard let value = value(entry) else { continue }
            text.add(name, [("entry", entry.entry), ("department", entry.department)], value)
        }
    }
}
