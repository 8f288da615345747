import Foundation
import SQLiteStore
import Testing

/// An exchange that goes through the story, and whoever follows its feeds meanwhile.
struct Life: ~Copyable {
    let exchange: ExchangeFolder
    let source: StorySource
    /// The newest run that had published before the chapter.
    private var before: Int64?
    private(set) var consumers = Story.collections.map { ChangeConsumer(of: $0) }

    /// - Parameter data: where its data is kept; nil for its own folder.
    init(base: String, source: StorySource, data: URL? = nil) throws {
        exchange = try Story.folder(base: base, data: data)
        self.source = source
    }

    /// Brings about what the chapter begins with.
    private mutating func open(_ chapter: Story.Chapter) throws {
        source.edition = chapter.edition
        before = try exchange.mark(chapter)
        _ = try exchange.write(chapter)
    }

    /// Does what the chapter is about, undisturbed.
    ///
    /// - Returns: what was written meanwhile.
    mutating func live(_ chapter: Story.Chapter) async throws -> WriteCount {
        try open(chapter)
        let log = exchange.folder.appending(path: "writes-\(UUID().uuidString)")
        let began = ContinuousClock.now
        try await act(chapter, environment: Blow.counting(into: log))
        let milliseconds = Int((ContinuousClock.now - began) / .milliseconds(1))
        return WriteCount(log: log, milliseconds: milliseconds)
    }

    /// Does what the chapter is about, and dies of each blow in turn; begins again until it is done.
    ///
    /// - Returns: how often it died.
    mutating func live(_ chapter: Story.Chapter, blows: [Blow], _ note: (String) -> Void) async throws -> Int {
        try open(chapter)
        var deaths = 0
        for blow in blows where try await strike(chapter, blow) {
            deaths += 1
            let dead = try DeadStore(of: exchange)
            guard try dead.isMade else { continue }
            for complaint in try dead.complaints(whenDone: false) { note("dead \(blow): \(complaint)") }
            try await consume(dead)
        }
        try await act(chapter)
        return deaths
    }

    /// Does what the chapter is about on a disk with so much room, again and again, and then with room enough.
    ///
    /// - Returns: how often the disk was full.
    mutating func live(
        _ chapter: Story.Chapter, on disk: URL, rooms: [Int], _ note: (String) -> Void
    ) async throws -> Int {
        try open(chapter)
        var failures = 0
        for room in rooms {
            guard let arguments = try exchange.arguments(of: chapter, after: before) else { break }
            SmallDisk.fill(disk, leaving: room)
            let outcome = try await exchange.run(arguments)
            try SmallDisk.clear(disk)
            if outcome.status != chapter.status {
                failures += 1
                let said = outcome.output + outcome.complaints
                if !said.contains("store.full") { note("with \(room) bytes it said \(said)") }
            }
            let copy = try DeadStore(of: exchange)
            guard try copy.isMade else { continue }
            for complaint in try copy.complaints(whenDone: false) { note("with \(room) bytes: \(complaint)") }
            try await consume(copy)
        }
        try await act(chapter)
        return failures
    }

    /// Looks at the exchange between two chapters.
    mutating func check(_ note: (String) -> Void) async throws -> StoreRows {
        let copy = try DeadStore(of: exchange)
        for complaint in try copy.complaints(whenDone: true) { note("done: \(complaint)") }
        try await consume(copy)
        let rows = try StoreRows(path: copy.path)
        for consumer in consumers {
            for difference in consumer.differences(from: rows.served[consumer.collection] ?? [:]) { note(difference) }
        }
        return rows
    }

    private mutating func consume(_ copy: borrowing DeadStore) async throws {
        let store = try SQLiteStore(path: copy.path)
        for index in consumers.indices { try await consumers[index].read(store) }
        try await store.close()
    }

    /// Starts the chapter's command and has it killed.
    ///
    /// - Returns: whether it died; a blow may come too late.
    private func strike(_ chapter: Story.Chapter, _ blow: Blow) async throws -> Bool {
        guard let arguments = try exchange.arguments(of: chapter, after: before) else { return false }
        let process = try exchange.start(arguments, environment: blow.environment)
        if case .time(let milliseconds) = blow {
            try await Task.sleep(for: .milliseconds(milliseconds))
            kill(process.processIdentifier, SIGKILL)
        }
        let deadline = ContinuousClock.now + .seconds(60)
        while process.isRunning, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(5)) }
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL
    }

    private func act(_ chapter: Story.Chapter, environment: [String: String] = [:]) async throws {
        guard let arguments = try exchange.arguments(of: chapter, after: before) else { return }
        let outcome = try await exchange.run(arguments, environment: environment)
        #expect(outcome.status == chapter.status, "\(chapter): \(outcome.output) \(outcome.complaints)")
    }
}
