import Foundation
import HTTPTypes
import Model
import Testing

@testable import Gateway

/// What operators read and what their monitoring asks is what there is.
@Suite struct OperatingPageTests {
    private static let activity: ExchangeActivity = {
        var runs = RunActivity()
        var run = Run(
            number: 1, entry: "enterprise", version: 1, state: .published, startedAt: "now", stages: ["publish": 0.5])
        run.difference.read = 7
        run.difference.changed = 2
        runs.add(run)
        run.state = .failed
        runs.add(run)
        var system = SystemActivity()
        (system.requests, system.retries, system.answers, system.bytes) = (5, 1, 4, 4_096)
        var store = StoreActivity()
        (store.commits, store.busySeconds, store.freeBytes) = (3, 0.25, 1 << 30)
        return ExchangeActivity(runs: ["enterprise": runs], systems: ["market-core": system], store: store)
    }()

    private func measurements() async throws -> String {
        try await ask("/metrics", try Samples.gateway(activity: Self.activity)).text
    }

    private func families(_ text: String) -> Set<String> {
        Set(text.matches(of: /# TYPE (\S+)/).map { String($0.1) })
    }

    private func page(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "docs/\(name)"), encoding: .utf8)
    }

    @Test func `every measurement is documented, and no other`() async throws {
        let documented = try page("operating.md").matches(of: /\n\| `((?:huitong|process)_\w+)`/).map { String($0.1) }
        #expect(Set(documented) == families(try await measurements()))
    }

    @Test func `alerts ask for what there is`() async throws {
        let known = families(try await measurements())
        let asked = try page("alerts.yaml").matches(of: /huitong_\w+/).map {
            String($0.0).replacing(/_bucket$/, with: "")
        }
        #expect(asked.count > 10)
        for name in asked { #expect(known.contains(name), "\(name)") }
    }

    private static let promtool = ["/usr/bin/promtool", "/usr/local/bin/promtool"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(.enabled(if: promtool != nil, "needs promtool, which comes with Prometheus"))
    func `Prometheus reads the alerts and the measurements`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "huitong-metrics-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(try page("alerts.yaml").utf8).write(to: folder)
        let text = try await measurements()
        for (arguments, input) in [(["check", "rules", folder.path], ""), (["check", "metrics"], text)] {
            let (process, pipe) = (Process(), Pipe())
            process.executableURL = URL(filePath: try #require(Self.promtool))
            process.arguments = arguments
            process.standardInput = pipe
            try process.run()
            try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try pipe.fileHandleForWriting.close()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "promtool \(arguments)")
        }
    }

    @Test func `every kind of trouble is documented`() throws {
        let documented = try page("operating.md").matches(of: /\n\| `([a-z]+)` \|/).map { String($0.1) }
        #expect(documented == Trouble.Kind.allCases.map(\.rawValue))
    }

    @Test func `what was done is counted`() async throws {
        let text = try await measurements()
        for line in [
            #"huitong_runs_total{entry="enterprise",state="published"} 1"#,
            #"huitong_runs_total{entry="enterprise",state="failed"} 1"#,
            #"huitong_run_records_total{entry="enterprise",outcome="read"} 14"#,
            #"huitong_run_records_total{entry="enterprise",outcome="changed"} 2"#,
            #"huitong_run_stage_seconds_total{entry="enterprise",stage="publish"} 1.0"#,
            #"huitong_source_retries_total{system="market-core"} 1"#,
            #"huitong_source_bytes_total{system="market-core"} 4096"#, "huitong_store_busy_seconds_total 0.25",
            "huitong_disk_free_bytes 1073741824",
        ] { #expect(text.contains(line + "\n"), "\(line)") }
        let memory = try #require(text.firstMatch(of: /\nprocess_resident_memory_bytes (\d+)/)?.1)
        #expect((Int(memory) ?? 0) > 1 << 20)
    }
}
