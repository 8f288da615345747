import Foundation
import Synchronization

/// A running exchange with callers.
struct QueryBench {
    let exchange: QueryExchange
    let server: Program
    let sample: QuerySample
    let load: Load

    func measure(_ trial: QueryTrial) throws -> QueryReport.Row {
        var load = load
        load.connections = trial.connections ?? load.connections
        let next = trial.next(sample)
        // Caches warm, connections open: what is measured is the hundredth request, not the first.
        var warming = load
        warming.seconds = 1
        // A long answer may not be whole by then.
        _ = try? warming.ask(sample.base, next: next)

        let memory = MemoryWatch(server.id)
        let processor = Program.processorSeconds(of: server.id)
        let figures = try trial.meanwhile.map { try asking(load, next, while: $0) } ?? load.ask(sample.base, next: next)
        return QueryReport.Row(
            name: trial.name, figures: figures, goals: trial.goals,
            processorSeconds: Program.processorSeconds(of: server.id) - processor,
            growth: memory.stop())
    }

    /// Asks until something else is done, by loads of two seconds; the worst of them is told.
    private func asking(
        _ load: Load, _ next: String, while work: @escaping @Sendable (QueryExchange) throws -> Void
    ) throws -> Load.Figures {
        var load = load
        load.seconds = 2
        let finished = Handover<Result<Void, any Error>>()
        let exchange = exchange
        Thread.detachNewThread { finished.put(Result { try work(exchange) }) }
        var worst: Load.Figures?
        var outcome: Result<Void, any Error>?
        while outcome == nil {
            let figures = try load.ask(sample.base, next: next)
            if figures.ninetyNinth > worst?.ninetyNinth ?? 0 { worst = figures }
            outcome = finished.takeIfThere()
        }
        try outcome?.get()
        guard let worst else { throw Failure("nobody asked") }
        return worst
    }
}

/// Looks at a process's memory now and then.
private final class MemoryWatch: Sendable {
    private let isOver = Atomic(false)
    private let ended = Handover<Int>()

    init(_ id: pid_t) {
        let before = Program.memory(of: id)
        Thread.detachNewThread { [self] in
            var highest = before
            while !isOver.load(ordering: .relaxed) {
                highest = max(highest, Program.memory(of: id))
                usleep(20_000)
            }
            ended.put(highest - before)
        }
    }

    /// Bytes that were needed more than before.
    func stop() -> Int {
        isOver.store(true, ordering: .relaxed)
        return ended.take() ?? 0
    }
}
