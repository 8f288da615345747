import Foundation
import Loopback
import Model
import SQLiteStore
import Store
import Synchronization
import Testing
import Transport

@testable import Exchange

/// Failures that take more than one run to tell.
@Suite struct FaultFlowTests {
    @Test func aDiscardedRunMovesNoValidatorAndTheNextRunAsksAsBefore() async throws {
        let department = FaultyDepartment(.whole)
        let exchange = try await FaultExchange(department)
        #expect(try await exchange.sync().state == .published)
        department.fails { _, connection, _ in
            connection.answer(headers: [FaultyDepartment.json, "ETag: \"empty\""], text: "[]")
        }
        let held = try await exchange.sync()
        #expect(held.state == .held)
        _ = try await Operations(
            facilities: exchange.facilities, runner: Runner(facilities: exchange.facilities, limit: 1)
        )
        .discard(ControlDecision(run: held.number, who: "Wang", reason: "a mistake of theirs"))
        #expect(try await exchange.store.watermark(of: "thing")?.etag == "\"g1\"")

        department.isWell(2)
        #expect(try await exchange.sync().state == .published)
        #expect(department.server.calls.last?.headers["if-none-match"] == "\"g1\"")
        #expect(try await exchange.served() == FaultyDepartment.names(2))
    }

    @Test func afterTheEntryChangedNoValidatorIsSentSoThat304CannotHideWhatTheChangeAsksFor() async throws {
        let department = FaultyDepartment(.whole)
        let exchange = try await FaultExchange(department)
        #expect(try await exchange.sync().state == .published)
        try await exchange.changes(FaultExchange.entry(.whole, title: "新名称"))
        // One that answers 304 all the same has not answered.
        department.fails { _, connection, _ in connection.write("HTTP/1.1 304 Not Modified\r\n\r\n") }
        let stubborn = try await exchange.sync()
        #expect(stubborn.fault?.code == .sourceUnexpected)
        #expect(department.server.calls.last?.headers["if-none-match"] == nil)

        department.isWell(1)
        let run = try await exchange.sync()
        #expect(run.state == .published && run.version == 2 && run.difference.read == 6)
        #expect(department.server.calls.last?.headers["if-none-match"] == nil)
        #expect(try await exchange.sync().state == .published)
        #expect(department.server.calls.last?.headers["if-none-match"] == "\"g1\"")
    }

    @Test func aRecordDatedAheadHidesNoChangeThatComesBeforeItsDate() async throws {
        let department = FaultyDepartment(.delta)
        let exchange = try await FaultExchange(department)
        #expect(try await exchange.sync().state == .published)
        department.fails { _, connection, _ in
            let ahead = FaultyDepartment.Row(id: "k1", name: "ahead", updated: "2099-01-01T08:00:00+08:00")
            connection.answer(headers: [FaultyDepartment.json], text: FaultyDepartment.list([ahead]))
        }
        #expect(try await exchange.sync().state == .published)
        let since = try #require(try await exchange.store.watermark(of: "thing")?.since)
        #expect(since > "2026-03-06" && since < ChinaDay.tomorrow)
    }

    @Test func aSystemWhoseCircuitIsOpenFailsARunOfTheScheduleAtOnceAndAPersonsRunAsksIt() async throws {
        let department = FaultyDepartment(.whole)
        let exchange = try await FaultExchange(department)
        #expect(try await exchange.sync().state == .published)
        department.fails { _, connection, _ in connection.answer("500 Oops") }
        let runner = Runner(facilities: exchange.facilities, limit: 4)
        let first = try await runner.run(SyncOrder(entry: "thing", trigger: .schedule)) { _ in }
        #expect(first.fault?.code == .sourceFailed && department.failures == 5)
        let second = try await runner.run(SyncOrder(entry: "thing", trigger: .schedule)) { _ in }
        #expect(second.state == .failed && second.fault?.code == .sourceCircuitOpen && department.failures == 5)
        #expect(second.fault?.isRetryable == true && second.fault?.retryAfter == 60)
        let status = try await Operations(facilities: exchange.facilities, runner: runner).status()
        #expect(status.circuits.map(\.system) == ["core"] && status.circuits.first?.state == .open)

        department.isWell(2)
        #expect(try await exchange.sync().state == .published)
        #expect(try await exchange.served() == FaultyDepartment.names(2))
        #expect(try await Operations(facilities: exchange.facilities, runner: runner).status().circuits.isEmpty)
    }
}
