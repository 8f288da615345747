import Model

/// The state of an exchange for people.
struct StatusText {
    let status: ExchangeStatus
    /// The last runs, where one entry was asked for.
    let runs: [Run]

    var text: String {
        let style = Style()
        var lines = [status.startedAt.map { "daemon running since \($0)" } ?? "no daemon is running"]
        for problem in status.catalogue.problems { lines.append(style.red("catalogue: \(problem)")) }
        for trouble in status.troubles where trouble.kind != .catalogue { lines.append(style.red(text(of: trouble))) }
        if status.entries.isEmpty { lines.append("no entry is registered: huitong catalog register FILE --reason …") }
        if !status.entries.isEmpty { lines.append(table(style)) }
        for run in status.running {
            lines.append("run \(run.number) of \(run.entry) is \(run.state.rawValue) since \(run.startedAt)")
        }
        if !runs.isEmpty { lines += ["", RunText.table(runs)] }
        return lines.joined(separator: "\n")
    }

    private func text(of trouble: Trouble) -> String {
        let about = trouble.about.map { trouble.kind == .system ? "system \($0)" : $0 } ?? trouble.kind.rawValue
        let code = trouble.code.map { " (\($0.rawValue))" } ?? ""
        let since = trouble.since.map { "; since \($0)" } ?? ""
        let served = trouble.servedFrom.map { ", serving what was published \($0)" } ?? ""
        return "\(about): \(trouble.sentence)\(code)\(since)\(served)"
    }

    private func table(_ style: Style) -> String {
        var table = TextTable(["ENTRY", "RECORDS", "FRESH", "LAST RUN", "PUBLISHED", "NEXT START", "QUARANTINE"])
        for entry in status.entries {
            let fresh = entry.isFresh.map { $0 ? style.green("yes") : style.red("no") } ?? "-"
            table.append([
                entry.entry, String(entry.records), fresh,
                entry.lastRun.map { "\($0.number) \(style.state($0.state))" } ?? "never",
                entry.lastPublished ?? "never", entry.isPaused ? style.yellow("paused") : entry.nextStart ?? "-",
                String(entry.quarantined),
            ])
        }
        return table.text
    }
}
