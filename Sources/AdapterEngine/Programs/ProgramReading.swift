import Model
import Parsing

/// Reads what a program gives: its catalog where it is asked for one, then its records.
struct ProgramReading: Sendable {
    let limit: BatchLimit
    /// Records to read at most, for a preview; nil for all.
    let recordsAtMost: Int?
    let programs: ProgramHost

    /// Bytes of a catalog.
    static let catalogBytesAtMost = 64 << 20

    /// Reads from the start, which is where every run of a program begins.
    ///
    /// - Throws: what the host, the reader and `emit` throw, `source.failed` for a program that fails.
    func read(
        _ plan: ProgramPlan, from position: Position, emit: SourceReading.Emit
    ) async throws(Fault) -> ReadingSummary {
        guard position.page == 1, position.record == 0 else {
            throw Fault(
                .runState, "a program cannot be taken up in its middle", advice: "Cancel the run and start another.")
        }
        let deadline = ContinuousClock.now + plan.timeLimit
        var order = plan.order(until: deadline)
        if let catalog = try await catalog(plan, order) {
            order.files["catalog.json"] = catalog
            order.arguments += [plan.catalogOption, "catalog.json"]
        }
        if let state = plan.state.state {
            order.files["state.json"] = state
            order.arguments += ["--state", "state.json"]
        }
        return try await records(plan, order, emit: emit)
    }

    private func records(
        _ plan: ProgramPlan, _ order: ProgramOrder, emit: SourceReading.Emit
    ) async throws(Fault) -> ReadingSummary {
        var summary = ReadingSummary()
        var reader = try SingerReader(
            stream: plan.stream, columns: plan.columns,
            versions: StreamVersions(
                isSnapshot: plan.isSnapshot, known: plan.state.version, goesOn: plan.state.state != nil))
        var stopwatch = Stopwatch()
        let end = try await programs.run(order) { chunk throws(Fault) in
            summary.seconds["fetch", default: 0] += stopwatch.lap()
            try reader.feed(chunk)
            summary.seconds["parse", default: 0] += stopwatch.lap()
            if reader.harvest.isDue(limit) { try await reader.hand(over: emit, counting: &summary) }
            stopwatch.start()
            return recordsAtMost.map { reader.harvest.met < $0 } ?? true
        }
        try end.check(order)
        if end.exit != .stopped {
            try reader.finish()
            programs.note(reader.account)
        }
        try await reader.hand(over: emit, counting: &summary)
        if reader.harvest.met == 0 { summary.said = end.lastLines }
        summary.pages = 1
        summary.state = plan.keepsState ? plan.following(reader).text : nil
        return summary
    }

    /// The content of the catalog file; nil where there is none.
    private func catalog(_ plan: ProgramPlan, _ order: ProgramOrder) async throws(Fault) -> String? {
        switch plan.catalog {
        case .none: return nil
        case .given(let text): return text
        case .discovered(let method, let key):
            var discovery = order
            discovery.arguments.append("--discover")
            var text: [UInt8] = []
            let end = try await programs.run(discovery) { chunk throws(Fault) in
                text += chunk
                guard text.count <= Self.catalogBytesAtMost else {
                    throw Fault(
                        .sourceTooLarge, "the program's catalog is longer than \(Self.catalogBytesAtMost) bytes",
                        advice: "Give `catalog` with the one stream.")
                }
                return true
            }
            try end.check(discovery)
            return try SingerCatalog(text).selecting(plan.stream, method: method, key: key)
        }
    }
}

extension ProgramPlan {
    /// The program's start, without catalog and state.
    func order(until deadline: ContinuousClock.Instant) -> ProgramOrder {
        ProgramOrder(
            command: command, arguments: arguments + ["--config", "config.json"], files: ["config.json": config],
            deadline: deadline, timeLimit: timeLimit, memoryLimit: memoryLimit, secrets: secrets)
    }

    /// What is kept once these records are published: a program that says nothing new is where it was.
    func following(_ reader: SingerReader) -> SingerState {
        SingerState(
            state: reader.state ?? state.state, version: reader.versions.activated ?? state.version)
    }
}

extension ProgramEnd {
    /// - Throws: `source.failed` for a program that did not end well, with the last line of its log: as much of a source's own
    ///   words as any fault repeats.
    func check(_ order: ProgramOrder) throws(Fault) {
        let how: String
        switch exit {
        case .stopped, .code(0): return
        case .code(let code): how = "ended with exit code \(code)"
        case .signal(let signal): how = "was ended by signal \(signal)"
        }
        let said = lastLines.last ?? ""
        let advice =
            switch exit {
            // What a shell says of what it cannot find, and of what it cannot execute (POSIX, section 2.8.2).
            case .code(126), .code(127):
                "Start it by hand as the user who runs huitong: its first line may name an interpreter that is not here."
            default: "See its log; if it ran out of memory, raise memory_limit."
            }
        throw Fault(
            .sourceFailed,
            "the program '\(order.command)' \(how)" + (said.isEmpty ? "" : ": " + Verdict.plain(said, 200)),
            advice: advice,
            context: ["program": order.command].merging(log.map { ["log": $0] } ?? [:]) { $1 })
    }
}
