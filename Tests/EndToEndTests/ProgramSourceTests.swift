import Foundation
import Testing

/// A program as source, through the real command.
@Suite struct ProgramSourceTests {
    private static let entry = """
        entry: item
        title: 事项
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source:
          system: source
          adapter: singer
          with: {command: tap, stream: items, discover: false}
        delivers: delta
        key: [code]
        fields:
          code: {title: 代码, type: text, from: id}
          name: {title: 名称, required: true}
        """

    private static let settings = "programs: programs\n"

    /// Twelve thousand records at once, and eight thousand after a pause that lasts as long as a file `hold` is there.
    private static func script(_ folder: URL) -> String {
        #"""
        #!/bin/sh
        echo "INFO the items of edition $1" >&2
        echo $$ > '\#(folder.path)/pid'
        echo '{"type":"SCHEMA","stream":"items","schema":{},"key_properties":["id"]}'
        rows() { seq "$1" "$2" | sed 's/.*/{"type":"RECORD","stream":"items","record":{"id":&,"name":"事项&"}}/'; }
        rows 1 12000
        while [ -e '\#(folder.path)/hold' ]; do sleep 0.05; done
        rows 12001 20000
        echo '{"type":"STATE","value":{"last":20000}}'
        """#
    }

    private static func exchange() throws -> ExchangeFolder {
        let exchange = try ExchangeFolder(
            base: "http://127.0.0.1:9", entries: ["item": entry], settings: settings)
        try exchange.write("programs/tap", script(exchange.folder))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: exchange.folder.appending(path: "programs/tap").path)
        return exchange
    }

    @Test func aKilledRunCostsRepeatedWorkAndNothingElse() async throws {
        let undisturbed = try Self.exchange()
        #expect(try await undisturbed.run("sync", "item").status == 0)
        let wanted = try await undisturbed.records(of: "item")
        #expect(wanted.count == 20_000)

        let exchange = try Self.exchange()
        // The store is made before: two who make it at once stand in each other's way.
        #expect(try await exchange.run("status").status == 0)
        try exchange.write("hold", "")
        let victim = try exchange.start(["sync", "item"])
        while victim.isRunning, (try? await exchange.staged()) ?? 0 == 0 {}
        #expect(try await exchange.records(of: "item").isEmpty, "nothing is served before it is published")
        kill(victim.processIdentifier, SIGKILL)
        victim.waitUntilExit()
        #expect(try await Self.isGone(exchange.read("pid")), "the program goes on without its exchange")
        try FileManager.default.removeItem(at: exchange.folder.appending(path: "hold"))

        let again = try await exchange.run("sync", "item")
        #expect(again.status == 0, "\(again.output) \(again.complaints)")
        #expect(try await exchange.records(of: "item") == wanted)
        let interrupted = try await exchange.run("run", "show", "1")
        #expect(interrupted.output.contains("run.interrupted"), "\(interrupted.output)")
        let run = try await exchange.run("run", "show", "2")
        let log = "huitong-data/programs/logs/2.log"
        #expect(run.output.contains(log), "\(run.output)")
        #expect(try exchange.read(log).hasPrefix("INFO the items"))
        let scratch = exchange.folder.appending(path: "huitong-data/programs/scratch")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [], "secrets are left behind")
    }

    /// Whether a process ends within seconds; one that waits for whoever adopted it to notice has ended.
    private static func isGone(_ number: String) async throws -> Bool {
        let file = "/proc/\(number.trimmingCharacters(in: .whitespacesAndNewlines))/stat"
        for _ in 0..<500 {
            let status = try? String(contentsOfFile: file, encoding: .utf8)
            if status == nil || status?.contains(") Z ") == true { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    @Test func anEntryIsCheckedAndPreviewed() async throws {
        let exchange = try Self.exchange()
        try exchange.write("hold", "")
        let check = try await exchange.run("check")
        #expect(check.status == 0, "\(check.output) \(check.complaints)")
        let preview = try await exchange.run("preview", "item", "--format", "json")
        #expect(preview.status == 0 && preview.output.contains("事项1"), "\(preview.output) \(preview.complaints)")
    }

    @Test func noProgramIsRunUnlessTheSettingsNameItsFolder() async throws {
        let exchange = try ExchangeFolder(base: "http://127.0.0.1:9", entries: ["item": Self.entry])
        let refused = try await exchange.run("sync", "item")
        #expect(refused.status != 0)
        #expect((refused.output + refused.complaints).contains("source.address-forbidden"))
    }
}
