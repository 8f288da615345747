import Foundation
import Loopback
import Model
import SQLiteStore
import Store
import Testing
import Transport

@testable import Exchange

/// Every way in which a department fails, through a whole run: what the run says, what is served, and that the next good
/// run misses nothing.
@Suite struct FaultTableTests {
    @Test(arguments: FaultCase.possible)
    func aDepartmentFailsAndNothingIsLost(_ fault: FaultCase) async throws {
        let department = FaultyDepartment(fault.shape)
        let exchange = try await FaultExchange(department)
        #expect(try await exchange.sync().state == .published)
        #expect(try await exchange.served() == FaultyDepartment.names(1))
        let watermark = try await exchange.store.watermark(of: "thing")

        let run = try await fails(fault, exchange)
        let comment = Comment(rawValue: "\(run.state) \(run.fault?.description ?? "") \(run.reasons)")
        #expect(run.state == fault.state, comment)
        #expect(run.fault?.code == fault.code, comment)
        #expect(sentence(of: run).reads(as: fault.says), comment)
        #expect(run.fault == nil || run.fault?.advice != nil, comment)
        if !fault.isTimed { #expect(exchange.clock.slept == fault.waits, comment) }
        if fault.isTimed {
            #expect((fault.requests...5).contains(department.failures), comment)
        } else if fault.detour.leadsAway {
            #expect(run.fault?.context["attempt"] == String(fault.requests), comment)
        } else {
            #expect(department.failures == fault.requests, comment)
        }
        #expect(try await exchange.served() == fault.serves ?? FaultyDepartment.names(1), comment)
        if !fault.movesOn { #expect(try await exchange.store.watermark(of: "thing") == watermark) }

        department.isWell(2)
        exchange.asksAsUsual()
        let next = try await exchange.sync()
        #expect(next.state == .published, "\(next.fault?.description ?? "") \(next.reasons)")
        #expect(try await exchange.served() == FaultyDepartment.names(2))
        await exchange.transport.shutdown()
    }

    /// Runs the entry while its department fails.
    private func fails(_ fault: FaultCase, _ exchange: FaultExchange) async throws -> Run {
        let detour = try OpenDetour(fault.detour, department: exchange.department.server.port)
        let base = exchange.department.server.url("")
        exchange.department.fails(fault.answer)
        exchange.asks { request in
            fault.limits(&request.limits)
            detour.lead(&request, from: base)
        }
        return try await exchange.sync()
    }

    /// What an operator reads first, without addresses that differ from test to test.
    private func sentence(of run: Run) -> String {
        let english = run.reasons.first.map { reason in
            String(reason.prefix { $0.isASCII }).trimmingCharacters(in: .whitespaces)
        }
        return (run.fault?.message ?? english ?? "")
            .replacing(/(127\.0\.0\.1|localhost):[0-9]+/, with: "HOST")
    }
}
