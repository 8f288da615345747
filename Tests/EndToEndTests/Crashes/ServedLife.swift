import Foundation
import Testing

/// An exchange whose daemon is killed, chapter by chapter, while somebody follows its feeds over HTTP.
struct ServedLife: ~Copyable {
    private let exchange: ExchangeFolder
    private let source: StorySource
    private let port = Loopback.freePort()
    private let follower: Follower

    init(base: String, source: StorySource) throws {
        exchange = try Story.folder(base: base)
        self.source = source
        follower = Follower(address: "http://127.0.0.1:\(port)")
    }

    /// Goes through a chapter with a daemon that dies of the blow, and another that takes its place.
    ///
    /// - Returns: whether it died, and the exchange as it is then.
    func live(
        _ chapter: Story.Chapter, blow: Blow?, _ note: (String) -> Void
    ) async throws -> (died: Bool, rows: StoreRows) {
        source.edition = chapter.edition
        let following = Task { [follower] in await follower.follow() }
        let before = try exchange.mark(chapter)
        var died = false
        if let blow { died = try await strike(chapter, before, blow) }
        let left = try look(note)
        let daemon = try exchange.start(["serve", "--port", String(port)], log: "serve")
        defer { if daemon.isRunning { daemon.terminate() } }
        #expect(try await follower.wait(for: daemon), "\(chapter): the daemon ended")
        try await write(chapter, daemon)
        try await settle()
        try complain(left, note)
        if let arguments = try exchange.arguments(of: chapter, after: before) {
            let outcome = try await exchange.run(arguments)
            #expect(outcome.status == chapter.status, "\(chapter): \(outcome.output) \(outcome.complaints)")
        }
        following.cancel()
        await following.value
        await follower.catchUp()
        let anew = await follower.anew()
        daemon.terminate()
        daemon.waitUntilExit()
        #expect(daemon.terminationStatus == 0, "SIGTERM ends the daemon gracefully")
        return (died, try await compare(anew, note))
    }

    /// Starts a daemon that dies of the blow, and does what the chapter is about as long as it lives.
    private func strike(_ chapter: Story.Chapter, _ before: Int64?, _ blow: Blow) async throws -> Bool {
        let daemon = try exchange.start(
            ["serve", "--port", String(port)], log: "victim", environment: blow.environment)
        let killer = Task {
            guard case .time(let milliseconds) = blow else { return }
            try await Task.sleep(for: .milliseconds(milliseconds))
            kill(daemon.processIdentifier, SIGKILL)
        }
        if try await follower.wait(for: daemon) {
            try await write(chapter, daemon)
            if let arguments = try exchange.arguments(of: chapter, after: before) {
                _ = try await exchange.run(arguments)
            }
        }
        _ = await killer.result
        // Where the blow comes too late, it ends as it would.
        if daemon.isRunning { daemon.terminate() }
        daemon.waitUntilExit()
        return daemon.terminationReason == .uncaughtSignal
    }

    /// Writes what the chapter begins with, while the daemon serves, and waits until it is registered.
    private func write(_ chapter: Story.Chapter, _ daemon: Process) async throws {
        guard try exchange.write(chapter) else { return }
        kill(daemon.processIdentifier, SIGHUP)
        let deadline = ContinuousClock.now + .seconds(10)
        while daemon.isRunning, ContinuousClock.now < deadline {
            if try DeadStore(of: exchange).version(of: "item") == chapter.form.rawValue { return }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Waits until nothing is under way: what was interrupted goes on by itself, and a new entry is read at once.
    private func settle() async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        var quiet = 0
        while quiet < 2, ContinuousClock.now < deadline {
            quiet = try DeadStore(of: exchange).isQuiet(Story.entries) ? quiet + 1 : 0
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// The runs that the daemon left under way.
    private func look(_ note: (String) -> Void) throws -> [Int64] {
        let dead = try DeadStore(of: exchange)
        guard try dead.isMade else { return [] }
        for complaint in try dead.complaints(whenDone: false) { note("dead: \(complaint)") }
        return try dead.runsUnderWay()
    }

    /// A run that was interrupted is taken up, unless its entry has changed.
    private func complain(_ left: [Int64], _ note: (String) -> Void) throws {
        let copy = try DeadStore(of: exchange)
        for run in left {
            let state = try copy.state(of: run)
            if !["published", "held"].contains(state) { note("run \(run) was interrupted, and is \(state)") }
        }
    }

    private func compare(_ anew: [ChangeConsumer], _ note: (String) -> Void) async throws -> StoreRows {
        let copy = try DeadStore(of: exchange)
        for complaint in try copy.complaints(whenDone: true) { note("done: \(complaint)") }
        let rows = try StoreRows(path: copy.path)
        for (consumer, other) in zip(await follower.consumers, anew) {
            for difference in consumer.differences(from: rows.served[consumer.collection] ?? [:]) { note(difference) }
            if consumer.records != other.records { note("the feed of \(consumer.collection) says something else anew") }
        }
        return rows
    }
}
