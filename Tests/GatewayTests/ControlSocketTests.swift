import Foundation
import Logging
import Model
import ServiceLifecycle
import Testing

@testable import Gateway

/// The control socket under whoever of the daemon's user writes to it.
@Suite struct ControlSocketTests {
    private static let status =
        "POST /control/status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"

    private static let cases: [(name: String, bytes: String, answer: String)] = [
        ("garbage", "\u{1}\u{2}\u{3} garbage \u{0}\r\n\r\n", "HTTP/1.1 4"),
        ("a head without end", "POST /" + String(repeating: "x", count: 100_000), "HTTP/1.1 4"),
        (
            "an unknown verb",
            "POST /control/destroy HTTP/1.1\r\nHost: l\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
            "HTTP/1.1 404 "
        ),
        (
            "a body that is announced too large",
            "POST /control/register HTTP/1.1\r\nHost: l\r\nContent-Length: 50000000\r\n\r\n{}", "HTTP/1.1 413 "
        ),
        (
            "a body that is no JSON",
            "POST /control/pause HTTP/1.1\r\nHost: l\r\nContent-Length: 3\r\nConnection: close\r\n\r\n\u{7}{]",
            "HTTP/1.1 400 "
        ),
        (
            "two requests in one",
            "POST /control/status HTTP/1.1\r\nHost: l\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + status,
            "HTTP/1.1 400 "
        ),
    ]

    @Test func `garbage does no harm`() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/huitong-\(UInt32.random(in: 0 ... .max)).sock"
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = try ControlServer(actions: Commands.actions, socketPath: path, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await Commands.untilExists(path)
            for hostile in Self.cases {
                let answer = try await offThePool {
                    let wire = try Wire(path: path)
                    wire.send(hostile.bytes)
                    return wire.receive()
                }
                #expect(answer.text.hasPrefix(hostile.answer), "\(hostile.name): \(answer.text)")
                #expect(answer.text.components(separatedBy: "HTTP/1.1 ").count == 2, "\(hostile.name)")
                let good = try await offThePool {
                    let wire = try Wire(path: path)
                    wire.send(Self.status)
                    return wire.receive().text
                }
                #expect(good.hasPrefix("HTTP/1.1 200 "), "after \(hostile.name)")
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
