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
        let name: String
        /// What the timetable was made of.
        var schedule: Entry.Schedule?
        var delivery: Entry.Delivery
        var timetable: Timetable?
        var isPaused: Bool
        var system: String
        var hours: SourceSystem.Hours?
        /// Slots up to this moment were started, skipped or missed.
        var considered: Date
        /// No slot starts before this moment: until then the timetable need not be asked.
        var wake = Date.distantPast
        /// The slot that starts then.
        var next: Timetable.Slot?
        /// Waits for the run before it, for the system's hours, or for its circuit.
        var pending: Start?
        var isRunning = false
        var retry = Retry()
    }

    /// In the order of their names.
    private var lines: [Line] = []
    private var places: [String: Int] = [:]
    private let startedAt: Date

    public init(startedAt: Date) { self.startedAt = startedAt }

    /// Takes the entries that are registered now. What is known of an entry stays; a removed one stops running.
    public mutating func adopt(_ items: [Item], at now: Date) {
        lines = items.sorted { $0.entry.name < $1.entry.name }.map { item in
            guard let place = places[item.entry.name] else { return newLine(item, now) }
            var line = lines[place]
            if line.schedule != item.entry.schedule || line.delivery != item.entry.delivery {
                (line.schedule, line.delivery) = (item.entry.schedule, item.entry.delivery)
                line.timetable = Timetable(item.entry)
                line.wake = .distantPast
            }
            line.system = item.system
            line.hours = item.hours
            if item.isPaused, !line.isPaused { line.pause() }
            if !item.isPaused, line.isPaused { (line.considered, line.wake) = (now, .distantPast) }
            line.isPaused = item.isPaused
            return line
        }
        places = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($1.name, $0) })
    }

    private func newLine(_ item: Item, _ now: Date) -> Line {
        var line = Line(
            name: item.entry.name, schedule: item.entry.schedule, delivery: item.entry.delivery,
            timetable: Timetable(item.entry), isPaused: item.isPaused, system: item.system, hours: item.hours,
            considered: item.lastStart.map { min($0, now) } ?? now)
        if item.isPaused { return line }
        if item.isInterrupted {
            line.pending = Start(entry: item.entry.name, trigger: .catchUp)
        } else if item.lastStart == nil, line.timetable != nil {
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
            circuits, running: lines.filter { $0.isRunning || busy.contains($0.name) }.map(\.system))
        for place in lines.indices {
            lines[place].follow(now)
            guard lines[place].mayStart(at: now) else { continue }
            let name = lines[place].name
            let isRunning = lines[place].isRunning || busy.contains(name)
            lines[place].consider(now, isRunning: isRunning, daemonStartedAt: startedAt)
            if let start = lines[place].pending, !isRunning, lines[place].hours?.contains(now) ?? true,
                gate.passes(lines[place].system)
            {
                lines[place].pending = nil
                lines[place].isRunning = true
                starts.append(start)
            }
        }
        return starts
    }

    /// Notes how a run ended, and plans another try where that can help before the next regular start.
    public mutating func ended(_ run: Run?, of entry: String, at now: Date) {
        guard let place = places[entry] else { return }
        lines[place].isRunning = false
        if let run, run.state == .failed, run.trigger != .command, let fault = run.fault, !lines[place].isPaused {
            lines[place].retry.failed(fault, at: now)
        } else {
            lines[place].retry = Retry()
        }
    }

    /// When an entry starts next by itself.
    public func nextStart(of entry: String, after now: Date) -> Date? {
        guard let line = places[entry].map({ lines[$0] }), !line.isPaused else { return nil }
        return [line.timetable?.next(after: now)?.start, line.retry.at].compactMap { $0 }.min()
    }

    /// The next moment at which ``due(at:)`` may answer otherwise than now.
    public func nextMoment(after now: Date) -> Date? {
        var next: Date?
        for line in lines where !line.isPaused {
            let opening = line.pending != nil && !line.isRunning ? line.hours?.opening(after: now) : nil
            let wake = line.timetable == nil ? nil : line.wake
            for case let moment? in [wake, line.isRunning ? nil : line.retry.at, opening] {
                next = min(next ?? moment, moment)
            }
        }
        return next
    }
}

extension Schedule.Line {
    fileprivate mutating func pause() {
        pending = nil
        retry = Retry()
    }

    /// Begins anew where the clock was far ahead and is right again: else nothing would start until it is there once more.
    /// What it was ahead by less, nothing starts twice for.
    fileprivate mutating func follow(_ now: Date) {
        let leap: Double = 7_200
        if considered.timeIntervalSince(now) > leap {
            (considered, wake, next) = (now, .distantPast, nil)
            retry = Retry()
        } else if let at = retry.at, at.timeIntervalSince(now) > leap + 86_400 {
            retry = Retry()
        }
    }

    /// Whether a look at it can start anything; most looks of a thousand entries end here.
    fileprivate func mayStart(at now: Date) -> Bool {
        guard !isPaused else { return false }
        return pending != nil || wake <= now || retry.at.map { $0 <= now } ?? false
    }

    /// Turns what came due since the last look into a pending start.
    fileprivate mutating func consider(_ now: Date, isRunning: Bool, daemonStartedAt: Date) {
        if wake <= now, let slot = nextSlot(now) {
            retry = Retry()
            if isRunning, timetable?.overlap == .skip { return }
            let trigger: Run.Trigger =
                slot.isReconcile ? .reconcile : (slot.start < daemonStartedAt ? .catchUp : .schedule)
            pending = Schedule.Start(entry: name, trigger: trigger, isReconcile: slot.isReconcile)
        } else if let at = retry.at, at <= now, !isRunning {
            retry.at = nil
            pending = Schedule.Start(entry: name, trigger: .schedule)
        }
    }

    /// What came due since the last look; what comes after it is waited for.
    private mutating func nextSlot(_ now: Date) -> Timetable.Slot? {
        defer {
            considered = max(considered, now)
            wake = next?.start ?? .distantFuture
        }
        guard let timetable else { return nil }
        let start = max(considered, timetable.horizon(now))
        let known = next.flatMap { wake == $0.start && $0.start > start ? $0 : nil }
        let (due, following) = timetable.due(after: start, at: now, known: known)
        next = following
        return due
    }
}
