import Foundation
import Testing

/// A process that is killed costs repeated work, never data.
@Suite struct CrashTests {
    private static let entry = SourceEntry.item(
        ", total_path: /total, paging: page, page_parameter: page, size_parameter: size, page_size: 500",
        schedule: #"schedule: {cron: "0 3 1 1 *"}"#, fields: [("name", "type: text"), ("edition", "type: integer")])

    private static let pages = 40

    /// Twenty thousand records; the second edition changes, adds and removes some.
    private static func page(_ number: Int, edition: Int) -> LoopbackSource.Answer {
        let rows = (0..<500).compactMap { row -> String? in
            let record = (number - 1) * 500 + row
            if edition == 2, record % 97 == 0 { return nil }
            let version = edition == 2 && record % 31 == 0 ? 2 : 1
            return #"{"code":"\#(record)","name":"事项\#(record)","edition":\#(version)}"#
        }
        let total = edition == 1 ? 20_000 : 20_000 - 207
        return LoopbackSource.Answer(#"{"total":\#(total),"rows":[\#(rows.joined(separator: ","))]}"#)
    }

    /// Lets the interrupted run end: by command, or by the daemon, which takes it up when it starts.
    private func finish(_ exchange: borrowing ExchangeFolder, byServing: Bool) async throws {
        guard byServing else {
            let resumed = try await exchange.run("sync", "item")
            #expect(resumed.status == 0, "\(resumed.output) \(resumed.complaints)")
            return
        }
        let before = try await exchange.publications(of: "item")
        let daemon = try exchange.start(["serve"], log: "serve")
        let deadline = ContinuousClock.now + .seconds(60)
        while try await exchange.publications(of: "item") == before, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(100))
        }
        daemon.terminate()
        daemon.waitUntilExit()
        #expect(daemon.terminationStatus == 0, "SIGTERM ends the daemon gracefully")
    }

    @Test(arguments: [3, 17, 33])
    func aKilledRunGoesOnWhereItStopped(at page: Int) async throws {
        let pace = Pace()
        try await LoopbackSource.serving { _, query in
            let number = query["page"].flatMap { Int($0) } ?? 1
            await pace.wait(for: number)
            let edition = await pace.edition
            return number <= Self.pages
                ? Self.page(number, edition: edition) : LoopbackSource.Answer(#"{"total":20000,"rows":[]}"#)
        } _: { base, source in
            let undisturbed = try ExchangeFolder(base: base, entries: ["item": Self.entry])
            let exchange = try ExchangeFolder(
                base: base, entries: ["item": Self.entry], settings: "http: {port: 0}\n")
            for edition in [1, 2] {
                await pace.begin(edition: edition, holdingAt: nil)
                #expect(try await undisturbed.run("sync", "item").status == 0)
                // The source stops answering at this page; the process is killed while it waits there.
                await pace.begin(edition: edition, holdingAt: page)
                let victim = try exchange.start(["sync", "item"])
                while await !pace.hasArrived, victim.isRunning { try await Task.sleep(for: .milliseconds(5)) }
                #expect(await pace.hasArrived, "the process ended before page \(page)")
                // By page 33 the first ten thousand, or fewer on a slow machine, are on their way into the file: wait for them.
                while page == 33, try await exchange.staged() == 0, victim.isRunning {}
                let staged = page == 33 ? try await exchange.staged() : 0
                kill(victim.processIdentifier, SIGKILL)
                victim.waitUntilExit()
                await pace.begin(edition: edition, holdingAt: nil)
                let asked = source.count
                try await finish(exchange, byServing: page == 17)
                // Pages of five hundred that were staged whole are not asked for again; one more tells that there are no more.
                #expect(source.count - asked <= Self.pages - staged / 500 + 1, "the run began anew")
                if page == 33 { #expect(staged > 0) }
                let wanted = try await undisturbed.records(of: "item")
                #expect(wanted.count == (edition == 1 ? 20_000 : 20_000 - 207))
                #expect(try await exchange.records(of: "item") == wanted)
            }
        }
    }
}

/// Lets a source stop at a page until it is told to go on.
private actor Pace {
    private(set) var edition = 1
    private var held: Int?
    private(set) var hasArrived = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func begin(edition: Int, holdingAt page: Int?) {
        self.edition = edition
        held = page
        hasArrived = false
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    func wait(for page: Int) async {
        guard page == held else { return }
        hasArrived = true
        await withCheckedContinuation { waiting.append($0) }
    }
}
