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

    init(base: String, source: StorySource) throws {
        exchange = try Story.folder(base: base)
        self.source = source
    }

    /// Brings about what the chapter begins with.
    private mutating func open(_ chapter: Story.Chapter) throws {
        source.edition = chapter.edition
        if case .sync(let entry, _) = chapter.act { before = try DeadStore(of: exchange).publishedRun(of: entry) }
        let file = "Catalog/entries/item.yaml"
        if try exchange.read(file) != Story.item(chapter.form) { try exchange.write(file, Story.item(chapter.form)) }
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
        guard let arguments = try arguments(chapter) else { return false }
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

    /// The command of a chapter; nil where it has been done.
    private func arguments(_ chapter: Story.Chapter) throws -> [String]? {
        switch chapter.act {
        case .sync(let entry, let status):
            // Who syncs once more than the other has one delivery more, or a second run held in the place of the first.
            let copy = try DeadStore(of: exchange)
            let isDone = try status == 3 ? copy.heldRun() != nil : copy.publishedRun(of: entry) != before
            return isDone ? nil : ["sync", entry]
        case .replay(let entry): return ["quarantine", "replay", "--entry", entry, "--reason", "mended"]
        case .publish:
            let copy = try DeadStore(of: exchange)
            return try copy.heldRun().map { ["run", "publish", String($0), "--reason", "looked at"] }
        }
    }

    private func act(_ chapter: Story.Chapter, environment: [String: String] = [:]) async throws {
        guard let arguments = try arguments(chapter) else { return }
        var wanted: Int32 = 0
        if case .sync(_, let status) = chapter.act { wanted = status }
        let outcome = try await exchange.run(arguments, environment: environment)
        #expect(outcome.status == wanted, "\(chapter): \(outcome.output) \(outcome.complaints)")
    }
}
