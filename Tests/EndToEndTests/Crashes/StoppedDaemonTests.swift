import Foundation
import Synchronization
import Testing

/// A daemon that stands still for a while, as in a machine that sleeps or is moved; and one that is gone without a word.
@Suite struct StoppedDaemonTests {
    private static let seconds = ProcessInfo.processInfo.environment["HUITONG_SOAK"] == nil ? 5 : 120

    /// Whether a page was asked for.
    private final class Arrival: Sendable {
        private let state = Mutex(false)
        var isThere: Bool {
            get { state.withLock { $0 } }
            set { state.withLock { $0 = newValue } }
        }
    }

    /// Stopped in the middle of a run, while its request is being answered.
    @Test(.timeLimit(.minutes(5))) func aDaemonThatWasStoppedGoesOn() async throws {
        let (source, arrival) = (StorySource(), Arrival())
        try await LoopbackSource.serving { path, query in
            if path == "/items", query["page"] == "3" {
                arrival.isThere = true
                try await Task.sleep(for: .milliseconds(300))
            }
            return source.answer(path, query)
        } _: { base, _ in
            let exchange = try Story.folder(base: base)
            let port = Loopback.freePort()
            let follower = Follower(address: "http://127.0.0.1:\(port)")
            let daemon = try exchange.start(["serve", "--port", String(port)], log: "serve")
            defer { if daemon.isRunning { kill(daemon.processIdentifier, SIGKILL) } }
            while !arrival.isThere, daemon.isRunning { try await Task.sleep(for: .milliseconds(2)) }
            kill(daemon.processIdentifier, SIGSTOP)
            let began = ContinuousClock.now
            let outcome = try await exchange.run("status")
            #expect(outcome.complaints.contains("process \(daemon.processIdentifier) has the data directory"))
            #expect(ContinuousClock.now - began < .seconds(30), "a command does not wait for ever")
            try await Task.sleep(until: began + .seconds(Self.seconds))
            kill(daemon.processIdentifier, SIGCONT)
            // A request that stood still for longer than it may failed, and is made again after a minute.
            let deadline = ContinuousClock.now + .seconds(120)
            while try await exchange.publications(of: "item") == nil, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(500))
            }
            while try !DeadStore(of: exchange).isQuiet(Story.entries), ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(100))
            }
            await follower.catchUp()
            daemon.terminate()
            daemon.waitUntilExit()
            #expect(daemon.terminationStatus == 0)
            let copy = try DeadStore(of: exchange)
            #expect(try copy.complaints(whenDone: true).isEmpty)
            let rows = try StoreRows(path: copy.path)
            #expect(rows.served["item"]?.count == 80)
            for consumer in await follower.consumers {
                #expect(consumer.differences(from: rows.served[consumer.collection] ?? [:]).isEmpty)
            }
        }
    }

    /// The lock is given back with the process, and its socket is no hindrance, to commands or to the next daemon.
    @Test(.timeLimit(.minutes(2))) func afterADaemonWasKilledCommandsWriteAtOnce() async throws {
        let source = StorySource()
        try await LoopbackSource.serving {
            source.answer($0, $1)
        } _: { base, _ in
            let exchange = try Story.folder(base: base)
            let port = Loopback.freePort()
            let follower = Follower(address: "http://127.0.0.1:\(port)")
            let daemon = try exchange.start(["serve", "--port", String(port)], log: "serve")
            #expect(try await follower.wait(for: daemon))
            kill(daemon.processIdentifier, SIGKILL)
            daemon.waitUntilExit()
            let socket = exchange.folder.appending(path: "huitong-data/control.sock").path
            #expect(FileManager.default.fileExists(atPath: socket), "nobody was there to remove it")
            #expect(try await exchange.run("status").output.contains("no daemon is running"))
            let direct = try await exchange.run("sync", "item", "other")
            #expect(direct.status == 0, "\(direct.complaints)")

            let next = try exchange.start(["serve", "--port", String(port)], log: "next")
            // Once it has the directory, a command that comes while it starts waits for it.
            let lock = "huitong-data/lock"
            while try exchange.read(lock) != "\(next.processIdentifier)\n" {
                try await Task.sleep(for: .milliseconds(1))
            }
            let through = try await exchange.run("sync", "item")
            #expect(through.status == 0, "\(through.complaints)")
            #expect(try await follower.wait(for: next))
            next.terminate()
            next.waitUntilExit()
            #expect(next.terminationStatus == 0)
            #expect(!FileManager.default.fileExists(atPath: socket))
            #expect(try DeadStore(of: exchange).complaints(whenDone: true).isEmpty)
        }
    }
}
