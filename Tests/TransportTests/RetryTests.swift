import Foundation
import Loopback
import Model
import Testing

@testable import Transport

@Suite struct RetryTests {
    @Test(arguments: ["429 Too Many Requests", "500 Oops", "502 Bad", "503 Busy", "504 Late", "408 Timeout"])
    func whatMayPassIsTriedAgain(status: String) async throws {
        let server = LoopbackServer { call, connection in
            connection.answer(call.number < 3 ? status : "200 OK", text: "ok")
        }
        let clock = FakeClock()
        let response = try await Transport(clock: clock).send(Request(url: server.url("/")))
        #expect(try await response.body.bytes() == Array("ok".utf8))
        #expect(clock.slept == [0.5, 1])
    }

    @Test(arguments: [
        (400, FaultCode.sourceRefused), (401, .sourceUnauthorized), (403, .sourceRefused), (404, .sourceNotFound),
        (410, .sourceNotFound), (409, .sourceRefused), (501, .sourceFailed), (300, .sourceRedirect),
    ])
    func whatStaysIsNot(status: Int, code: FaultCode) async throws {
        let server = LoopbackServer { _, connection in
            connection.answer("\(status) No", headers: ["Content-Type: text/html"], text: "record of 张三")
        }
        let clock = FakeClock()
        let transport = Transport(clock: clock)
        let final = try await fault { () async throws(Fault) in
            try await transport.send(Request(url: server.url("/rows?token=s3cret")))
        }
        #expect(final.code == code && clock.slept.isEmpty && server.calls.count == 1)
        #expect(final.context == ["host": "127.0.0.1", "status": "\(status)", "attempt": "1"])
        #expect(final.message.contains("text/html") && final.advice != nil)
        #expect(!final.description.contains("张三") && !final.description.contains("s3cret"))
    }

    @Test func aStatusWhoseBodyIsWantedIsHandedOverWithItsFault() async throws {
        let server = LoopbackServer { _, connection in connection.answer("500 Oops", text: "<fault/>") }
        let clock = FakeClock()
        let response = try await Transport(clock: clock).send(
            Request(url: server.url("/"), readableStatuses: [500]))
        #expect(response.head.status == 500 && response.refusal?.code == .sourceFailed)
        #expect(try await response.body.bytes() == Array("<fault/>".utf8))
        #expect(clock.slept.isEmpty && server.calls.count == 1)
    }

    @Test func theLastFaultSaysHowOftenItWasTried() async throws {
        let server = LoopbackServer { _, connection in connection.answer("503 Busy") }
        let clock = FakeClock()
        let transport = Transport(clock: clock)
        let busy = try await fault { () async throws(Fault) in try await transport.send(Request(url: server.url("/"))) }
        #expect(busy.code == .sourceBusy && busy.context["attempt"] == "5")
        #expect(clock.slept == [0.5, 1, 2, 4])
    }

    @Test func aResetBeforeTheAnswerIsTriedAgain() async throws {
        let server = LoopbackServer { call, connection in
            call.number < 3 ? connection.reset() : connection.answer(text: "ok")
        }
        let clock = FakeClock()
        _ = try await Transport(clock: clock).send(Request(url: server.url("/")))
        #expect(clock.slept.count == 2)
    }

    @Test func anAnswerThatBreaksBeforeItsFirstByteIsTriedAgain() async throws {
        let server = LoopbackServer { call, connection in
            guard call.number < 2 else { return connection.answer(text: "ok") }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
            connection.close()
        }
        let clock = FakeClock()
        let response = try await Transport(clock: clock).send(Request(url: server.url("/")))
        #expect(try await response.body.bytes() == Array("ok".utf8))
        #expect(clock.slept == [0.5])
    }

    @Test func whatCouldHaveBeenDoneIsNotDoneTwice() async throws {
        let server = LoopbackServer { call, connection in
            call.path == "/reset" ? connection.reset() : connection.answer("502 Bad")
        }
        let clock = FakeClock()
        let transport = Transport(clock: clock)
        for path in ["/reset", "/bad"] {
            let request = Request(method: "POST", url: server.url(path), body: [1])
            _ = try await fault { () async throws(Fault) in try await transport.send(request) }
        }
        #expect(clock.slept.isEmpty && server.calls.count == 2)
        let declared = Request(method: "POST", url: server.url("/bad"), body: [1], isIdempotent: true)
        _ = try await fault { () async throws(Fault) in try await transport.send(declared) }
        #expect(clock.slept.count == 4)
    }

    @Test func aClosedPortIsUnreachable() async throws {
        let (descriptor, port) = LoopbackServer.closedPort()
        defer { close(descriptor) }
        let clock = FakeClock()
        let transport = Transport(clock: clock)
        let request = Request(
            method: "POST", url: "http://127.0.0.1:\(port)/", body: [1], retry: RetryPolicy(attempts: 2))
        let away = try await fault { () async throws(Fault) in try await transport.send(request) }
        #expect(away.code == .sourceUnreachable && clock.slept == [0.5])
    }

    @Test func whatIsNotHTTPIsUnexpected() async throws {
        let server = LoopbackServer { _, connection in
            connection.write("SSH-2.0-OpenSSH\r\n")
            connection.close()
        }
        let transport = Transport()
        let strange = try await fault { () async throws(Fault) in
            try await transport.send(Request(url: server.url("/")))
        }
        #expect(strange.code == .sourceUnexpected)
    }

    // 1,700,000,000 is Tue, 14 Nov 2023 22:13:20 GMT.
    @Test(arguments: [
        "7", "Tue, 14 Nov 2023 22:13:27 GMT", "Tuesday, 14-Nov-23 22:13:27 GMT", "Tue Nov 14 22:13:27 2023",
    ])
    func retryAfterIsWaitedOut(value: String) async throws {
        let server = LoopbackServer { call, connection in
            connection.answer(
                call.number == 1 ? "429 Slowly" : "200 OK", headers: ["Retry-After: \(value)"], text: "ok")
        }
        let clock = FakeClock()
        _ = try await Transport(clock: clock).send(Request(url: server.url("/")))
        #expect(clock.slept == [7])
    }

    @Test func aLongRetryAfterIsLeftToTheSchedule() async throws {
        let server = LoopbackServer { _, connection in
            connection.answer("503 Maintenance", headers: ["Retry-After: 3600"])
        }
        let clock = FakeClock()
        let transport = Transport(clock: clock)
        let busy = try await fault { () async throws(Fault) in try await transport.send(Request(url: server.url("/"))) }
        #expect(busy.retryAfter == 3600 && clock.slept.isEmpty)
    }

    @Test func jitterAndCapBoundThePause() {
        let policy = RetryPolicy(attempts: 20, base: 0.5, factor: 2, cap: 60)
        let failure = Failure(Fault(.sourceBusy, "busy"), .status(503))
        let pauses = [1, 2, 3, 8, 19].map { attempt in
            policy.pause(after: failure, attempt: attempt, isIdempotent: true, random: 0.5)
        }
        #expect(pauses == [0.25, 0.5, 1, 30, 30])
        #expect(policy.pause(after: failure, attempt: 20, isIdempotent: true, random: 0.5) == nil)
        #expect(policy.pause(after: failure, attempt: 1, isIdempotent: true, random: 0) == 0)
    }
}
