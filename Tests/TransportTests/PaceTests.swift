import Foundation
import Loopback
import Model
import Synchronization
import Testing

@testable import Transport

@Suite struct PaceTests {
    @Test func requestsAreSpacedByTheRate() async throws {
        let server = LoopbackServer { _, connection in connection.answer(text: "ok") }
        let clock = FakeClock()
        let transport = Transport(clock: clock)
        let pace = Pace(system: "s", requestsPerSecond: 4, concurrency: 1)
        for _ in 1...4 { _ = try await transport.send(Request(url: server.url("/"), pace: pace)).body.bytes() }
        #expect(clock.slept == [0.25, 0.25, 0.25])
    }

    @Test func aBucketNeverSavesUpMoreThanOneToken() {
        var bucket = TokenBucket()
        let waits = [0.0, 0, 0, 10, 10].map { bucket.take(at: $0, perSecond: 2) }
        #expect(waits == [0, 0.5, 1, 0, 0.5])
        #expect(bucket.take(at: 10, perSecond: nil) == 0)
    }

    @Test func noMoreThanTheAllowedNumberIsUnderWay() async throws {
        let inside = Mutex((now: 0, most: 0))
        let server = LoopbackServer { _, connection in
            inside.withLock { inside in
                inside.now += 1
                inside.most = max(inside.most, inside.now)
            }
            usleep(20_000)
            inside.withLock { $0.now -= 1 }
            connection.answer(text: "ok")
        }
        let transport = Transport()
        try await withThrowingTaskGroup { group in
            for _ in 1...8 {
                group.addTask {
                    let request = Request(url: server.url("/"), pace: Pace(system: "s", concurrency: 2))
                    _ = try await transport.send(request).body.bytes()
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.withLock { $0.most } == 2)
        #expect(server.connections <= 2)
    }

    @Test func whoIsCancelledInTheQueueDoesNotKeepAPlace() async throws {
        let turnstile = Turnstile(timing: FakeClock().timing)
        let pace = Pace(system: "s", concurrency: 1)
        try await turnstile.enter(pace)
        let waiting = Task { try await fault { () async throws(Fault) in try await turnstile.enter(pace) } }
        await Task.yield()
        waiting.cancel()
        #expect(try await waiting.value.code == .runCancelled)
        let next = Task { try await turnstile.enter(pace) }
        turnstile.leave(pace)
        try await next.value
        turnstile.leave(pace)
        try await turnstile.enter(pace)
    }

    @Test func aDroppedBodyGivesItsPlaceBack() async throws {
        let server = LoopbackServer { call, connection in
            guard call.number == 1 else { return connection.answer(text: "ok") }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc")
            connection.waitForClose()
        }
        let transport = Transport()
        let request = Request(url: server.url("/"), pace: Pace(system: "s", concurrency: 1))
        _ = try await transport.send(request).head
        #expect(try await transport.send(request).body.bytes() == Array("ok".utf8))
    }
}
