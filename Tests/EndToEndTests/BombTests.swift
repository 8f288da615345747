import Foundation
import Loopback
import Testing

/// Answers that are meant to fill the memory of who reads them: the real command, and what it needed at most.
@Suite struct BombTests {
    struct Bomb: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let drop: @Sendable (ServedConnection) -> Void
        let code: String
    }

    static let bombs = [
        Bomb(
            testDescription: "10 GB of blanks in 10 MB of gzip", drop: { $0.bomb(of: [UInt8(ascii: " ")]) },
            code: "source.too-large"),
        Bomb(testDescription: "a value of 1 GB", drop: { $0.endlessValue() }, code: "source.too-large"),
        Bomb(testDescription: "headers without end", drop: { $0.endlessHeaders() }, code: "source.too-large"),
        Bomb(testDescription: "a header without end", drop: { $0.endlessHeader() }, code: "source.too-large"),
    ]

    /// Megabytes that a run may need, by far less than any of the answers.
    private static let most = 400

    @Test(arguments: bombs)
    func memoryStaysBounded(_ bomb: Bomb) async throws {
        let server = LoopbackServer { _, connection in bomb.drop(connection) }
        let entry = SourceEntry(
            name: "item", adapter: "http-json", with: "path: /items", key: "id",
            fields: [("id", "type: text"), ("name", "type: text")])
        let exchange = try ExchangeFolder(base: server.url(""), entries: ["item": entry.text])
        let process = try exchange.start(["sync", "item"])
        var peak = 0
        while process.isRunning {
            peak = max(peak, Self.peak(of: process.processIdentifier) ?? 0)
            try await Task.sleep(for: .milliseconds(5))
        }
        let said = try exchange.read("log.out") + exchange.read("log.err")
        #expect(process.terminationStatus == 1 && said.contains(bomb.code), "\(said)")
        #expect(peak > 0 && peak < Self.most << 10, "\(peak >> 10) MB")
    }

    /// Kilobytes of memory that a process had at once, so far (proc(5), VmHWM).
    private static func peak(of process: Int32) -> Int? {
        let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) }
    }
}
