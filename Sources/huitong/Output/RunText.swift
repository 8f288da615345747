import Foundation
import Model

/// Runs as people read them.
enum RunText {
    static func table(_ runs: [Run]) -> String {
        let style = Style()
        var table = TextTable([
            "RUN", "ENTRY", "STATE", "READ", "ADDED", "CHANGED", "REMOVED", "UNCHANGED", "REFUSED", "FINDINGS",
            "SECONDS",
        ])
        for run in runs {
            let difference = run.difference
            table.append(
                [run.number == 0 ? "-" : String(run.number), run.entry, style.state(run.state)]
                    + [
                        difference.read, difference.added, difference.changed, difference.removed, difference.unchanged,
                        difference.refused, difference.findings,
                    ].map(String.init) + [seconds(run)])
        }
        return table.text
    }

    /// What there is to do about runs that did not go through.
    static func advice(_ runs: [Run]) -> [String] {
        runs.flatMap { run -> [String] in
            switch run.state {
            case .held:
                run.reasons.map { "\(run.entry): \(run.delivery.map { "\($0): " } ?? "")\($0)" } + [
                    "  huitong run show \(run.number), then huitong run publish \(run.number) --reason … "
                        + "or huitong run discard \(run.number) --reason …"
                ]
            case .failed:
                run.fault.map { fault in
                    ["\(run.entry): \(fault.message)"] + [fault.advice.map { "  \($0)" }].compactMap { $0 }
                        + [
                            "  \(fault.code.rawValue)\(place(fault))"
                                + (fault.isRetryable ? ", trying again can help" : "")
                        ]
                } ?? []
            case .published:
                (run.difference.unfilled ?? []).isEmpty
                    ? []
                    : [
                        "\(run.entry): no record has a value for \((run.difference.unfilled ?? []).joined(separator: ", "))",
                        "  If the source has them, correct their from: huitong preview \(run.entry) shows what is read.",
                    ]
            default: []
            }
        }
    }

    /// Where a run failed, in parentheses; its entry and its number stand beside it already.
    private static func place(_ fault: Fault) -> String {
        let place = fault.context.filter { !["entry", "run"].contains($0.key) }.sorted { $0.key < $1.key }
        return place.isEmpty ? "" : " (\(place.map { "\($0.key) \($0.value)" }.joined(separator: ", ")))"
    }

    /// Stages as a record passes through them; the first two overlap with the next two.
    private static let stageOrder = ["fetch", "parse", "normalise", "hash", "stage", "index", "judge", "publish"]

    /// One run in full.
    ///
    /// - Parameter log: the file that a program's log was kept in.
    static func details(_ run: Run, log: String? = nil) -> String {
        let style = Style()
        var lines = [
            "run        \(run.number) of \(run.entry), version \(run.version)",
            "state      \(style.state(run.state))",
            "trigger    \(run.trigger.rawValue), \(run.isSnapshot ? "everything" : "changes")",
            "started    \(run.startedAt)",
        ]
        if let delivery = run.delivery { lines.append("delivery   \(delivery)") }
        if let ended = run.endedAt { lines.append("ended      \(ended)") }
        let difference = run.difference
        lines.append(
            "read       \(difference.read): \(difference.added) added, \(difference.changed) changed, "
                + "\(difference.removed) removed, \(difference.unchanged) unchanged, \(difference.refused) refused, "
                + "\(difference.duplicates) duplicates, \(difference.findings) findings")
        if run.state == .published || run.state == .held { lines.append("served     \(difference.served) before") }
        if difference.unidentified > 0 {
            lines.append(
                "           \(difference.unidentified) refused records have no readable key: nothing is removed")
        }
        if let quality = run.quality.flatMap(QualityText.line) { lines.append("quality    \(quality)") }
        if !run.stages.isEmpty {
            let stages = stageOrder.compactMap { name in run.stages[name].map { "\(name) \(rounded($0)) s" } }
            lines.append("stages     \(stages.joined(separator: ", "))")
        }
        lines += run.reasons.map { "held       \($0)" }
        if let fault = run.fault {
            lines.append("fault      \(fault.code.rawValue): \(fault.message)")
            if let advice = fault.advice { lines.append("           \(advice)") }
            let place = fault.context.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            if !place.isEmpty { lines.append("           \(place.joined(separator: ", "))") }
            lines.append("           trying again \(fault.isRetryable ? "can help" : "does not help by itself")")
        }
        if let log { lines.append("log        \(log)") }
        if let decision = run.decision {
            lines.append("decision   \(decision.verb) by \(decision.who) at \(decision.at): \(decision.reason)")
        }
        return lines.joined(separator: "\n")
    }

    private static func seconds(_ run: Run) -> String {
        guard let ended = run.endedAt.flatMap(Date.init(timestamp:)), let started = Date(timestamp: run.startedAt)
        else { return "-" }
        return rounded(ended.timeIntervalSince(started))
    }

    private static func rounded(_ seconds: Double) -> String {
        String(format: seconds < 10 ? "%.2f" : "%.0f", seconds)
    }
}
