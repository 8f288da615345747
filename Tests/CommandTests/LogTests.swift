import Foundation
import Logging
import Synchronization
import Testing

@testable import huitong

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The log is a line an event, whatever comes into it.
@Suite struct LogTests {
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func append(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private static func logged(isText: Bool, _ message: String, _ metadata: Logger.Metadata) -> [String] {
        let lines = Lines()
        let logger = Logger(label: "test") { _ in
            var handler = LineLogHandler(isText: isText)
            handler.write = { lines.append($0) }
            handler.now = { 1_795_399_200 }
            return handler
        }
        logger.warning("\(message)", metadata: metadata)
        return lines.all
    }

    @Test func anEventIsAnObjectOfTexts() throws {
        let lines = Self.logged(isText: false, "held: 三条", ["run": "7", "entry": "street"])
        #expect(
            lines == [
                #"{"time":"2026-11-23T10:00:00.000+08:00","level":"warning","message":"held: 三条","entry":"street","run":"7"}"#
                    + "\n"
            ])
    }

    @Test func aTerminalGetsText() {
        let lines = Self.logged(isText: true, "held", ["run": "7", "entry": "street"])
        #expect(lines == ["2026-11-23T10:00:00.000+08:00 warning held entry=street run=7\n"])
    }

    /// What a department says in an error's text forges no line, and moves no cursor.
    @Test(arguments: [
        "a\n{\"level\":\"info\"}", "a\r\nb", "a\u{1B}[2Kb", "a\u{85}b", "a\u{2028}b", "a\u{202E}b", "a\u{0}b",
        "a\u{7F}b",
        "a\u{200B}b", "\u{9B}31m", "\u{E000}", "\u{1F}", "\\n", "\"",
    ])
    func whatIsSaidEndsNoLine(_ said: String) throws {
        for isText in [true, false] {
            let lines = Self.logged(isText: isText, "failed: \(said)", ["host": "\(said)", said.description: "x"])
            let line = try #require(lines.first)
            #expect(lines.count == 1 && line.hasSuffix("\n"))
            let inner = line.dropLast().unicodeScalars
            #expect(
                inner.allSatisfy {
                    ![.control, .format, .lineSeparator, .paragraphSeparator, .privateUse].contains(
                        $0.properties.generalCategory)
                }, "\(line)")
            guard !isText else { continue }
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
            #expect(object["message"] == "failed: \(said)")
            #expect(object["host"] == said)
        }
    }

    /// A daemon whose log is not a terminal: every line is an object, and says what it is about.
    @Test(.timeLimit(.minutes(2))) func aDaemonLogsObjectsWithRunEntryAndRequest() async throws {
        var program = try Program.starter()
        program.environment["HUITONG_LOG_LEVEL"] = "debug"
        let daemon = try await ServeTests.serve(program)
        try await ServeTests.wait(program, for: "1 published", "status")
        let address = try #require(daemon.errors().firstMatch(of: /answering on (http:[^"]+)/)?.1)
        let asked = try #require(URL(string: address + "/collections/street/items/430112001"))
        let answer = try await URLSession.shared.data(from: asked).1 as? HTTPURLResponse
        let identity = try #require(answer?.value(forHTTPHeaderField: "X-Request-Id"))
        #expect(try program.run("sync", "street").status == 0)
        try await ServeTests.end(daemon)

        let lines = try daemon.errors().split(separator: "\n").map { line in
            try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String], "\(line)")
        }
        let run = try #require(lines.first { $0["run"] == "1" })
        #expect(run["entry"] == "street" && run["trigger"] == "registration" && run["level"] == "info")
        let request = try #require(lines.first { $0["request"] == identity })
        #expect(request["route"] == "/collections/{collection}/items/{id}" && request["status"] == "200")
        #expect(!daemon.errors().contains("430112001"), "nothing of a record, and no key, is logged")
    }

    @Test func whyADaemonDidNotStartIsLoggedToo() throws {
        let outcome = try Program.starter().run("serve", "--host", "0.0.0.0")
        let line = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.errors.utf8)) as? [String: String], "\(outcome.errors)")
        #expect(line["code"] == "settings.unsafe-address" && line["level"] == "critical" && line["advice"] != nil)
    }
}
