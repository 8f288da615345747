import Foundation
import Testing

/// The daemon as a process: its lock, its socket, its signals.
@Suite struct ServeTests {
    /// Starts a daemon, and waits until it answers.
    static func serve(_ program: Program) async throws -> Program.Running {
        let daemon = try program.start(["serve"])
        while !daemon.errors().contains("answering on") {
            guard daemon.process.isRunning else { throw CocoaError(.executableLoad) }
            try await Task.sleep(for: .milliseconds(20))
        }
        return daemon
    }

    static func end(_ daemon: Program.Running) async throws {
        daemon.process.terminate()
        while daemon.process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    }

    /// Waits until a command prints something.
    static func wait(_ program: Program, for text: String, _ arguments: String) async throws {
        while try !program.run(arguments).output.contains(text) { try await Task.sleep(for: .milliseconds(50)) }
    }

    @Test(.timeLimit(.minutes(2))) func aSecondDaemonIsRefusedAndCommandsGoThroughTheFirst() async throws {
        let program = try Program.starter()
        let daemon = try await Self.serve(program)
        let second = try program.run("serve")
        #expect(second.status == 1)
        #expect(second.errors.contains("process \(daemon.process.processIdentifier)"))
        #expect(second.errors.contains("store.locked"))

        // The schedule runs a new entry by itself.
        try await Self.wait(program, for: "1 published", "status")
        #expect(try program.run("sync", "street").status == 0)
        try program.write(#"{"streets": []}"#, to: "sources/streets.json")
        #expect(try program.run("sync", "street").status == 3)
        let number = try #require(try program.run("status", "street").output.firstMatch(of: /(\d+) held/)?.1)
        #expect(try program.run("run", "publish", String(number), "--reason", "closed").output.contains("published"))
        let wrong = try program.run("run", "publish", "999", "--reason", "x")
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("there is no run 999"))

        try await Self.end(daemon)
        #expect(daemon.process.terminationStatus == 0)
        #expect(try program.run("sync", "--all").status == 0)
    }

    @Test(.timeLimit(.minutes(2))) func aBadFileKeepsTheLastGoodVersionAndSaysSo() async throws {
        let program = try Program.starter()
        let daemon = try await Self.serve(program)
        try await Self.wait(program, for: "1 published", "status")
        let file = "Catalog/entries/geospatial/street.yaml"
        try program.replace("type: date", by: "type: dates", in: file)
        try await Self.wait(program, for: "street.yaml:", "status")
        #expect(try program.run("status").status == 1)
        #expect(try program.run("sync", "street").status == 0)
        try program.replace("type: dates", by: "type: date", in: file)
        while try program.run("status").status != 0 { try await Task.sleep(for: .milliseconds(50)) }
        try await Self.end(daemon)
    }

    @Test func onlyLoopbackIsServed() throws {
        let program = try Program.starter()
        let outcome = try program.run("serve", "--host", "0.0.0.0")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("settings.unsafe-address"))
    }

    @Test func aPortInUseIsToldWithWhatToDo() throws {
        let program = try Program.starter()
        let busy = try Listener()
        let outcome = try program.run("serve", "--port", "\(busy.port)")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("settings.address-in-use"))
    }

    @Test(.timeLimit(.minutes(3))) func theDemoShowsAPersonAndAFirm() throws {
        let program = try Program()
        let outcome = try program.run("demo", "--once", "--port", "0", "--district-port", "0")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("The first record could be queried"))
        #expect(outcome.output.contains("\"citizen_id\""))
        #expect(outcome.output.contains("\"penalties\""))
        #expect(outcome.output.contains("\"certificate_id\" : \"1.2.156.3005.2."))
        #expect(outcome.output.contains("\"real_estate_units\"") && outcome.output.contains("\"area_m2\""))
        // Every entry is published, with all records but the few that have no key; time passes in the district meanwhile.
        for (entry, size) in [
            ("resident", 5000), ("enterprise-registration", 3000), ("rural-collective", 1200), ("address", 4000),
            ("division-boundary", 16), ("administrative-penalty", 900), ("administrative-licence", 1500),
            ("e-licence", 2400), ("real-estate-unit", 1600),
        ] {
            let line = try Regex(" \(entry): published, ([0-9]+) records", as: (Substring, Substring).self)
            let count = try #require(outcome.output.firstMatch(of: line).flatMap { Int($0.output.1) }, "\(entry)")
            #expect((size * 98 / 100...size * 101 / 100).contains(count), "\(entry): \(count)")
        }
        #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "huitong-demo").path))
    }
}
