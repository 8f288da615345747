import Foundation
import Loopback
import Model
import Synchronization
import Testing

@testable import Transport

/// A circuit as a value, on a clock that the test moves.
@Suite struct CircuitTests {
    private let policy = CircuitPolicy(failures: 3, pause: 10, longestPause: 35)
    private let fault = Fault(.sourceUnreachable, "away")

    /// A circuit that opened at 0.
    private func opened() -> Circuit {
        var circuit = Circuit()
        circuit.failed(fault, attempts: 3, pass: .free, at: 0, by: policy)
        return circuit
    }

    @Test func itOpensAfterFailuresInARowAndNotBefore() {
        var circuit = Circuit()
        circuit.failed(fault, attempts: 2, pass: .free, at: 0, by: policy)
        #expect(circuit.pass(at: 0) == .free)
        circuit.answered()
        circuit.failed(fault, attempts: 2, pass: .free, at: 0, by: policy)
        #expect(circuit.pass(at: 0) == .free && circuit.phase == .closed)
        circuit.failed(fault, attempts: 1, pass: .free, at: 0, by: policy)
        #expect(circuit.pass(at: 0) == nil && circuit.phase == .open(until: 10))
    }

    @Test func afterThePauseOneRequestDecides() {
        var circuit = opened()
        #expect(circuit.pass(at: 9.9) == nil && circuit.wait(at: 4) == 6)
        #expect(circuit.pass(at: 10) == .probe)
        #expect(circuit.pass(at: 10) == nil && circuit.wait(at: 10) == nil)
        circuit.answered()
        #expect(circuit.pass(at: 10) == .free && circuit.failures == 0)
    }

    @Test func eachFailureAfterAPauseDoublesTheNextUpToTheLongest() {
        var circuit = opened()
        var now = 0.0
        for pause in [10.0, 20, 35, 35] {
            #expect(circuit.phase == .open(until: now + pause))
            now += pause
            #expect(circuit.pass(at: now) == .probe)
            circuit.failed(fault, attempts: 1, pass: .probe, at: now, by: policy)
        }
        #expect(circuit.openedAt == 0 && circuit.failures == 7)
    }

    @Test func whatWasUnderWayWhenItOpenedDoesNotProlongIt() {
        var circuit = opened()
        circuit.failed(fault, attempts: 5, pass: .free, at: 8, by: policy)
        #expect(circuit.phase == .open(until: 10))
    }

    @Test func aProbeThatComesToNothingMakesRoomForTheNext() {
        var circuit = opened()
        #expect(circuit.pass(at: 10) == .probe)
        circuit.abandoned(.free, at: 11)
        #expect(circuit.pass(at: 11) == nil)
        circuit.abandoned(.probe, at: 12)
        #expect(circuit.pass(at: 12) == .probe)
    }

    @Test func aSystemThatSaysWhenItIsBackIsTakenAtItsWordWithinLimits() {
        for (asked, until) in [(5.0, 10.0), (20, 20), (86_400, 35)] {
            var circuit = Circuit()
            circuit.failed(
                Fault(.sourceBusy, "busy", retryAfter: asked), attempts: 3, pass: .free, at: 0, by: policy)
            #expect(circuit.phase == .open(until: until))
        }
    }
}

/// Circuits around real requests.
@Suite struct OpenCircuitTests {
    /// Fails until it recovers.
    private final class Department: Sendable {
        private final class Health: Sendable {
            let isWell = Mutex(false)
        }

        let server: LoopbackServer
        private let health: Health

        init(failing status: String = "500 Oops") {
            let health = Health()
            self.health = health
            server = LoopbackServer { _, connection in
                health.isWell.withLock { $0 } ? connection.answer(text: "ok") : connection.answer(status)
            }
        }

        func recovers() { health.isWell.withLock { $0 = true } }
    }

    private func send(_ transport: Transport, _ request: Request) async throws(Fault) {
        _ = try await transport.send(request).body.bytes()
    }

    /// Drops the body unread.
    private func status(_ transport: Transport, _ request: Request) async throws(Fault) -> Int {
        try await transport.send(request).head.status
    }

    private func request(_ department: Department, system: String = "core", attempts: Int = 3) -> Request {
        Request(
            url: department.server.url("/rows"), pace: Pace(system: system), retry: RetryPolicy(attempts: attempts))
    }

    private func transport(_ clock: FakeClock) -> Transport {
        Transport(policy: .loopback, timing: clock.timing, circuit: CircuitPolicy(failures: 3, pause: 30))
    }

    @Test func aSystemThatFailsIsLeftAloneAndAskedOnceAfterwards() async throws {
        let department = Department()
        let clock = FakeClock()
        let transport = transport(clock)
        let first = try await fault { () async throws(Fault) in try await send(transport, request(department)) }
        #expect(first.code == .sourceFailed && department.server.calls.count == 3)

        let refused = try await fault { () async throws(Fault) in try await send(transport, request(department)) }
        #expect(refused.code == .sourceCircuitOpen && refused.isRetryable && refused.retryAfter == 30)
        #expect(refused.message.contains("failed 3 times in a row, last with source.failed"))
        #expect(department.server.calls.count == 3)
        let open = try #require(transport.circuits.first)
        #expect(open.system == "core" && open.state == .open && open.failures == 3 && open.fault?.code == .sourceFailed)
        #expect(open.since != nil && open.nextAttempt != nil)

        try await clock.timing.sleep(30)
        #expect(transport.circuits.map(\.state) == [.halfOpen])
        let probe = try await fault { () async throws(Fault) in try await send(transport, request(department)) }
        #expect(probe.code == .sourceFailed && probe.context["attempt"] == "1")
        #expect(department.server.calls.count == 4 && transport.circuits.map(\.state) == [.open])

        try await clock.timing.sleep(60)
        department.recovers()
        try await send(transport, request(department))
        #expect(transport.circuits.isEmpty)
        try await send(transport, request(department))
    }

    @Test func othersAreAskedMeanwhile() async throws {
        let (bad, good) = (Department(), Department())
        good.recovers()
        let transport = transport(FakeClock())
        _ = try await fault { () async throws(Fault) in try await send(transport, request(bad)) }
        try await send(transport, request(good, system: "other"))
        #expect(transport.circuits.map(\.system) == ["core"])
    }

    @Test func whoInsistsIsLetThroughAndClosesIt() async throws {
        let department = Department()
        let transport = transport(FakeClock())
        _ = try await fault { () async throws(Fault) in try await send(transport, request(department)) }
        var insisting = request(department)
        insisting.ignoresCircuit = true
        _ = try await fault { () async throws(Fault) in try await send(transport, insisting) }
        #expect(department.server.calls.count == 6 && transport.circuits.map(\.state) == [.open])
        department.recovers()
        try await send(transport, insisting)
        #expect(transport.circuits.isEmpty)
    }

    @Test(arguments: ["401 No", "403 No", "404 No", "422 No"])
    func aSystemThatSaysNoIsWell(status: String) async throws {
        let department = Department(failing: status)
        let transport = transport(FakeClock())
        for _ in 0..<5 {
            let refused = try await fault { () async throws(Fault) in try await send(transport, request(department)) }
            #expect(refused.code != .sourceCircuitOpen)
        }
        #expect(department.server.calls.count == 5 && transport.circuits.isEmpty)
    }

    @Test func bodiesThatBreakOffCountToo() async throws {
        let server = LoopbackServer { _, connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun")
            connection.close()
        }
        let transport = transport(FakeClock())
        let request = Request(url: server.url("/"), pace: Pace(system: "core"))
        for _ in 0..<3 {
            let broken = try await fault { () async throws(Fault) in try await send(transport, request) }
            #expect(broken.code == .sourceTruncated)
        }
        let refused = try await fault { () async throws(Fault) in try await send(transport, request) }
        #expect(refused.code == .sourceCircuitOpen && server.calls.count == 3)
    }

    @Test func anAnswerThatIsNotReadToItsEndIsAnAnswer() async throws {
        let department = Department()
        let clock = FakeClock()
        let transport = transport(clock)
        _ = try await fault { () async throws(Fault) in try await send(transport, request(department)) }
        try await clock.timing.sleep(30)
        department.recovers()
        #expect(try await status(transport, request(department)) == 200)
        #expect(transport.circuits.isEmpty)
    }

    @Test func aProbeThatIsCancelledMakesRoomForTheNext() async throws {
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        let server = LoopbackServer { call, connection in
            if call.number <= 3 { return connection.answer("500 Oops") }
            if call.number > 4 { return connection.answer(text: "ok") }
            arrival.yield()
            connection.waitForClose()
        }
        let clock = FakeClock()
        let transport = transport(clock)
        let request = Request(
            url: server.url("/"), pace: Pace(system: "core"), retry: RetryPolicy(attempts: 3))
        _ = try await fault { () async throws(Fault) in try await send(transport, request) }
        try await clock.timing.sleep(30)
        let probe = Task { try await transport.send(request) }
        for await _ in arrivals { break }
        let second = try await fault { () async throws(Fault) in try await send(transport, request) }
        #expect(second.code == .sourceCircuitOpen)
        probe.cancel()
        _ = await probe.result
        try await send(transport, request)
        #expect(transport.circuits.isEmpty)
    }
}
