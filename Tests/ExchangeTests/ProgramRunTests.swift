import AdapterEngine
import Foundation
import Model
import Normalizing
import SQLiteStore
import Store
import Testing

@testable import Exchange

/// Runs whose source is a program: its state moves with a publication and never otherwise.
@Suite struct ProgramRunTests {
    private static let entry = """
        entry: thing
        title: 事物
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        source:
          system: core
          adapter: singer
          with: {command: tap, stream: things, discover: false, config: {size: 20, list: [a, "1"]}}
        delivers: delta
        guard: {changed: 10%}
        key: [id]
        fields:
          id: {title: 编号, type: text}
          name: {title: 名称, type: text, required: true}
        """

    /// A program that writes a file of the test, and keeps what it was given beside it.
    private static func exchange(entry: String = entry) async throws -> SmallExchange {
        let exchange = try await SmallExchange(entry: entry)
        let programs = exchange.folder.appending(path: "programs")
        try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
        let script = """
            #!/bin/sh
            cat state.json > '\(exchange.folder.path)/given' 2>/dev/null || echo nothing > '\(exchange.folder.path)/given'
            cp config.json '\(exchange.folder.path)/config'
            cat '\(exchange.folder.path)/output'
            exit $(cat '\(exchange.folder.path)/exit')
            """
        let file = programs.appending(path: "tap")
        try Data(script.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        return exchange
    }

    private static func says(
        _ exchange: SmallExchange, _ names: [String], state: Int, exit: Int = 0, more: [String] = []
    ) throws {
        let records = names.enumerated().map {
            #"{"type":"RECORD","stream":"things","record":{"id":"k\#($0)","name":"\#($1)"}}"#
        }
        let lines =
            [#"{"type":"SCHEMA","stream":"things","schema":{},"key_properties":["id"]}"#] + more + records
            + [#"{"type":"STATE","value":{"at":\#(state)}}"#]
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: exchange.folder.appending(path: "output"))
        try Data("\(exit)".utf8).write(to: exchange.folder.appending(path: "exit"))
    }

    private static func given(_ exchange: SmallExchange) throws -> String {
        try String(contentsOf: exchange.folder.appending(path: "given"), encoding: .utf8)
            .trimmingCharacters(in: .newlines)
    }

    @Test func theStateMovesOnlyWithAPublication() async throws {
        let exchange = try await Self.exchange()
        let names = (0..<30).map { "n\($0)" }
        try Self.says(exchange, names, state: 1)
        let first = try await exchange.sync()
        #expect(first.state == .published && first.isSnapshot)
        #expect(try Self.given(exchange) == "nothing")
        let config = try String(contentsOf: exchange.folder.appending(path: "config"), encoding: .utf8)
        #expect(config == #"{"list":["a","1"],"size":20}"#)

        // A program that fails.
        try Self.says(exchange, ["m0"], state: 2, exit: 1)
        let failed = try await exchange.sync()
        #expect(failed.state == .failed && failed.fault?.code == .sourceFailed)
        #expect(try Self.given(exchange) == #"{"at":1}"#)

        // A run that is held, and discarded.
        try Self.says(exchange, names.map { $0 + "!" }, state: 3)
        let held = try await exchange.sync()
        #expect(held.state == .held)
        #expect(try Self.given(exchange) == #"{"at":1}"#)
        _ = try await exchange.operations().discard(ControlDecision(run: held.number, who: "Wang", reason: "wrong"))

        // One that is held, and published.
        let again = try await exchange.sync()
        #expect(again.state == .held)
        #expect(try Self.given(exchange) == #"{"at":1}"#)
        _ = try await exchange.operations().publish(ControlDecision(run: again.number, who: "Wang", reason: "right"))

        try Self.says(exchange, ["o0"], state: 4)
        #expect(try await exchange.sync().state == .published)
        #expect(try Self.given(exchange) == #"{"at":3}"#)
        let served = try await exchange.served()
        #expect(served.count == 30 && served.values.contains("o0") && served.values.contains("n1!"))

        // Everything, which a program gives when it is told of no state; what is absent was removed.
        try Self.says(exchange, names.map { $0 + "!" }, state: 5)
        #expect(try await exchange.sync(snapshot: true).state == .published)
        #expect(try Self.given(exchange) == "nothing")
    }

    @Test func aVersionThatIsKnownIsNoNews() async throws {
        let exchange = try await Self.exchange()
        func activation(_ version: Int) -> [String] {
            [#"{"type":"ACTIVATE_VERSION","stream":"things","version":\#(version)}"#]
        }
        try Self.says(exchange, ["a", "b"], state: 1, more: activation(7))
        #expect(try await exchange.sync().state == .published)
        try Self.says(exchange, ["c"], state: 2, more: activation(7))
        #expect(try await exchange.sync().state == .published)
        try Self.says(exchange, ["d"], state: 3, more: activation(8))
        let whole = try await exchange.sync()
        #expect(whole.state == .failed && whole.fault?.code == .sourceUnexpected)
        try Self.says(exchange, ["d"], state: 3, more: activation(8))
        #expect(try await exchange.sync(snapshot: true).state == .published)
        #expect(try await exchange.served().values.sorted() == ["d"])
    }

    @Test func anInterruptedRunIsEndedAndAnotherTakesItsPlace() async throws {
        let exchange = try await Self.exchange()
        try Self.says(exchange, ["a", "b"], state: 1)
        // What a crash leaves: a run with a batch staged.
        let registration = try #require(try await exchange.store.registrations().first)
        let rules = try await exchange.facilities.normalizer(of: registration.entry).rules
        let ticket = try await exchange.store.begin(
            RunOrder(entry: "thing", trigger: .command, isSnapshot: true, rules: rules))
        try await exchange.store.stage(
            RecordBatch(columns: registration.entry.fields.count), of: ticket, then: Position(record: 17))
        let facilities = try exchange.restarted()
        let run = try await Runner(facilities: facilities, limit: 1).run(
            SyncOrder(entry: "thing", trigger: .command)
        ) { _ in }
        #expect(run.state == .published && run.number != ticket.run.number)
        let left = try #require(try await facilities.store.run(ticket.run.number))
        #expect(left.state == .failed && left.fault?.code == .runStalled)
        #expect(run.difference.read == 2)
    }
}
