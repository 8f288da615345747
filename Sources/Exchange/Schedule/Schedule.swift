import Foundation
import Model
import Store

/// Decides which runs start when: slots, pauses, overlaps, retries, downtimes and systems' hours. Pure, so that a year
/// of it can be tested in a second; ``Scheduler`` acts on it.
public struct Schedule: Sendable {
    /// A run that is to start now.
    public struct Start: Sendable, Equatable {
        public var entry: String
        public var trigger: Run.Trigger
        /// The whole source is read, though the entry delivers changes.
        public var isReconcile: Bool

        public init(entry: String, trigger: Run.Trigger, isReconcile: Bool = false) {
            self.entry = entry
            self.trigger = trigger
            self.isReconcile = isReconcile
        }
    }

    /// What a schedule has to know of an entry.
    public struct Item: Sendable {
        public var entry: Entry
        public var isPaused: Bool
        /// The system that it is read from.
        public var system: String
        /// When its system may be asked; nil for always.
        public var hours: SourceSystem.Hours?
        /// When its newest run started; nil where it never ran.
        public var lastStart: Date?
        /// Its newest run was cut off by the end of a daemon.
        public var isInterrupted: Bool

        public init(
            entry: Entry, isPaused: Bool = false, hours: SourceSystem.Hours? = nil, lastStart: Date? = nil,
            isInterrupted: Bool = false
        ) {
            self.entry = entry
            self.isPaused = isPaused
            system = entry.source.system
            self.hours = hours
            self.lastStart = lastStart
            self.isInterrupted = isInterrupted
        }
    }

    fileprivate struct Line {
        var timetable: Timetable?
        var isPaused: Bool
        var system: String
        var hours: SourceSystem.Hours?
        /// Slots up to this moment were started, skipped or missed.
        var considered: Date
        /// Waits for the run before it, for the system's hours, or for its circuit.
        var pending: Start?
        var isRunning = false
        var retry = Retry()
    }

    private var lines: [String: Line] = [:]
    private let startedAt: Date

    public init(startedAt: Date) { self.startedAt = startedAt }

    /// Takes the entries that are registered now. What is known of an entry stays; a removed one stops running.
    public mutating func adopt(_ items: [Item], at now: Date) {
        var adopted: [String: Line] = [:]
        for item in items {
            let timetable = Timetable(item.entry)
            if var line = lines[item.entry.name] {
                line.timetable = timetable
                line.system = item.system
                line.hours = item.hours
                if item.isPaused, !line.isPaused { line.pause() }
                if !item.isPaused, line.isPaused { line.considered = now }
                line.isPaused = item.isPaused
                adopted[item.entry.name] = line
            } else {
                adopted[item.entry.name] = newLine(item, timetable, now)
            }
        }
        lines = adopted
    }

    private func newLine(_ item: Item, _ timetable: Timetable?, _ now: Date) -> Line {
        var line = Line(
            timetable: timetable, isPaused: item.isPaused, system: item.system, hours: item.hours,
            considered: item.lastStart ?? now)
        if item.isPaused { return line }
        if item.isInterrupted {
            line.pending = Start(entry: item.entry.name, trigger: .catchUp)
        } else if item.lastStart == nil, timetable != nil {
            // Whoever registers a dataset wants to see it, not to wait for the night.
            line.pending = Start(entry: item.entry.name, trigger: .registration)
        }
        return line
    }

    /// The runs that start now; they count as running until ``ended(_:of:at:)``.
    ///
    /// - Parameters:
    ///   - busy: entries that somebody else is running.
    ///   - circuits: systems that fail; runs of one that is left alone are put off, and the first to start is alone.
    public mutating func due(
        at now: Date, busy: Set<String> = [], circuits: [CircuitStatus] = []
    ) -> [Start] {
        var starts: [Start] = []
        var gate = CircuitGate(
            circuits, running: lines.filter { $0.value.isRunning || busy.contains($0.key) }.map(\.value.system))
        for name in lines.keys.sorted() {
            guard var line = lines[name] else { continue }
            let isRunning = line.isRunning || busy.contains(name)
            line.consider(name, now, isRunning: isRunning, daemonStartedAt: startedAt)
            if let start = line.pending, !isRunning, !line.isPaused, line.hours?.contains(now) ?? true,
                gate.passes(line.system)
            {
                line.pending = nil
                line.isRunning = true
                starts.append(start)
            }
            lines[name] = line
        }
        return starts
    }

    /// Whether an entry was adopted before.
    public func knows(_ entry: String) -> Bool { lines[entry] != nil }

    /// Notes how a run ended, and plans another try where that can help before the next regular start.
    public mutating func ended(_ run: Run?, of entry: String, at now: Date) {
        guard var line = lines[entry] else { return }
        line.isRunning = false
        if let run, run.state == .failed, run.trigger != .command, let fault = run.fault, !line.isPaused {
            line.retry.failed(fault, at: now)
        } else {
            line.retry = Retry()
        }
        lines[entry] = line
    }

    /// When an entry starts next by itself.
    public func nextStart(of entry: String, after now: Date) -> Date? {
        guard let line = lines[entry], !line.isPaused else { return nil }
        return [line.timetable?.next(after: now)?.start, line.retry.at].compactMap { $0 }.min()
    }

    /// The next moment at which ``due(at:)`` may answer otherwise than now.
    public func nextMoment(after now: Date) -> Date? {
        lines.values.filter { !$0.isPaused }.flatMap { line -> [Date?] in
            let opening = line.pending != nil && !line.isRunning ? line.hours?.opening(after: now) : nil
            return [line.timetable?.next(after: line.considered)?.start, line.isRunning ? nil : line.retry.at, opening]
        }.compactMap { $0 }.min()
    }
}

extension Schedule.Line {
    fileprivate mutating func pause() {
        pending = nil
        retry = Retry()
    }

    /// Turns what came due since the last look into a pending start.
    fileprivate mutating func consider(_ name: String, _ now: Date, isRunning: Bool, daemonStartedAt: Date) {
        defer { considered = max(considered, now) }
        if isPaused { return }
        if let timetable,
            let slot = timetable.due(after: max(considered, timetable.horizon(now)), at: now)
        {
            retry = Retry()
            if isRunning, timetable.overlap == .skip { return }
            let trigger: Run.Trigger =
                slot.isReconcile ? .reconcile : (slot.start < daemonStartedAt ? .catchUp : .schedule)
            pending = Schedule.Start(entry: name, trigger: trigger, isReconcile: slot.isReconcile)
        } else if let at = retry.at, at <= now, !isRunning {
            retry.at = nil
            pending = Schedule.Start(entry: name, trigger: .schedule)
        }
    }
}
