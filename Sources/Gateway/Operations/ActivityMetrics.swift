import Foundation
import Model

/// What the process has done since it began: runs, requests to departments, writing.
struct ActivityMetrics: Sendable {
    let activity: ExchangeActivity

    func write(to text: inout PrometheusText) {
        runs(to: &text)
        systems(to: &text)
        store(to: &text)
    }

    private func runs(to text: inout PrometheusText) {
        let entries = activity.runs.sorted { $0.key < $1.key }
        text.begin("huitong_runs_total", .counter, "Runs that ended, by entry and state.")
        for (entry, runs) in entries {
            for (state, count) in runs.ended.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                text.add("huitong_runs_total", [("entry", entry), ("state", state.rawValue)], count)
            }
        }
        text.begin("huitong_run_records_total", .counter, "Records of runs that ended, by entry and outcome.")
        for (entry, runs) in entries {
            for (outcome, count) in runs.records.sorted(by: { $0.key < $1.key }) {
                text.add("huitong_run_records_total", [("entry", entry), ("outcome", outcome)], count)
            }
        }
        text.begin("huitong_run_stage_seconds_total", .counter, "Seconds that runs spent in each stage.")
        for (entry, runs) in entries {
            for (stage, seconds) in runs.seconds.sorted(by: { $0.key < $1.key }) {
                text.add("huitong_run_stage_seconds_total", [("entry", entry), ("stage", stage)], seconds)
            }
        }
    }

    private func systems(to text: inout PrometheusText) {
        counter("huitong_source_requests_total", "Requests to departments' systems, each attempt.", \.requests, &text)
        counter("huitong_source_retries_total", "Attempts after one that failed.", \.retries, &text)
        counter("huitong_source_answers_total", "Answers worth reading: pages, documents, tokens.", \.answers, &text)
        counter("huitong_source_bytes_total", "Bytes of answers, unpacked.", \.bytes, &text)
    }

    private func store(to text: inout PrometheusText) {
        let store = activity.store
        text.one("huitong_store_commits_total", .counter, "Transactions that wrote.", store.commits)
        text.one(
            "huitong_store_busy_seconds_total", .counter, "Seconds that the one writer was busy.", store.busySeconds)
        text.one(
            "huitong_store_wait_seconds_total", .counter, "Seconds that work waited for the writer.",
            store.waitedSeconds)
        text.one("huitong_store_waiting", .gauge, "Work that waits for the writer.", store.waiting)
        text.one("huitong_store_bytes", .gauge, "Bytes of the store's file.", store.storedBytes)
        text.one("huitong_store_log_bytes", .gauge, "Bytes of the log that is not yet part of it.", store.loggedBytes)
        if let free = store.freeBytes {
            text.one("huitong_disk_free_bytes", .gauge, "Bytes that are free where the store is.", free)
        }
    }

    private func counter(
        _ name: String, _ help: String, _ count: KeyPath<SystemActivity, Int>, _ text: inout PrometheusText
    ) {
        text.begin(name, .counter, help)
        for (system, activity) in activity.systems.sorted(by: { $0.key < $1.key }) {
            text.add(name, [("system", system)], activity[keyPath: count])
        }
    }
}

/// The process itself, under the names that every exporter uses for it.
struct ProcessMetrics: Sendable {
    let began: Date

    func write(to text: inout PrometheusText) {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        let seconds = [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }
        text.one("process_cpu_seconds_total", .counter, "Seconds of processor time.", seconds.reduce(0, +))
        text.one(
            "process_start_time_seconds", .gauge, "When it began to serve, in seconds since 1970.",
            began.timeIntervalSince1970)
        if let pages = ProcessMetrics.residentPages {
            text.one(
                "process_resident_memory_bytes", .gauge, "Bytes of memory in use.",
                pages * Int(sysconf(Int32(_SC_PAGESIZE))))
        }
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
            text.one("process_open_fds", .gauge, "Open files and sockets.", open)
        }
    }

    /// The second number of `statm` (proc(5)).
    private static var residentPages: Int? {
        (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").dropFirst().first
            .flatMap { Int($0) }
    }
}
