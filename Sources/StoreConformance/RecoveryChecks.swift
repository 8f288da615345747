import Model
import Store

extension StoreConformance {
    static let recoveryChecks: [Check] = [
        Check("runs of one entry never overlap, those of others do") { workshop in
            try await workshop.register()
            var other = Workshop.shop
            other.name = "stall"
            try await workshop.register(other)
            let ticket = try await workshop.begin()
            try await expect(.runOverlaps, "a second run is refused") { _ = try await workshop.begin() }
            let aside = try await workshop.begin("stall")
            for open in [ticket, aside] {
                _ = try await workshop.store.end(
                    run: open.run.number, as: .cancelled, fault: nil, decision: nil)
            }
            let next = try await workshop.begin()
            try expect(next.run.number != ticket.run.number, "an ended run makes room")
        },
        Check("an interrupted first load resumes where it stopped") { workshop in
            try await interrupted(workshop, prepared: [])
        },
        Check("an interrupted later run resumes where it stopped") { workshop in
            try await interrupted(workshop, prepared: [.init(code: "a"), .init(code: "gone")])
        },
        Check("a run that was interrupted while it was judged is judged again") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a"), .init(code: "gone")])
            let ticket = try await workshop.begin()
            try await workshop.store.stage(
                Workshop.batch([.init(code: "a"), .init(code: "b")]), of: ticket, then: Position(page: 2))
            let before = try await workshop.assess(ticket)
            try await workshop.store.close()
            let store = try await workshop.reopen()
            let resumed = try await workshop.begin(in: store)
            try expect(resumed.run.number, is: ticket.run.number, "the same run goes on")
            try expect(try await workshop.assess(resumed, in: store), is: before, "and comes to the same difference")
            try expect(
                try await store.publish(run: resumed.run.number, watermark: nil, decision: nil).difference.removed,
                is: 1, "which is published")
        },
        Check("an interrupted replay begins anew") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "b")], [Workshop.refusal("a")])
            guard let waiting = try await workshop.store.quarantined(QuarantineQuery()).first else {
                throw Violation(description: "nothing waits")
            }
            let batch = Workshop.batch([.init(code: "a")])
            let order = RunOrder(entry: "shop", trigger: .replay, isSnapshot: false, rules: "")
            let ticket = try await workshop.store.begin(order)
            try await workshop.store.stage(batch, of: ticket, then: Position())
            try await workshop.store.close()
            let store = try await workshop.reopen()
            try await store.release(batch, of: "shop", quarantined: [waiting.number], who: "me")
            try expect(try await store.run(ticket.run.number)?.state, is: .failed, "the interrupted one is ended")
            try expect(
                try await store.runs(of: "shop", limit: 1).first?.difference.read, is: 1, "its records come once")
            try expect(try await store.findings(of: "shop", limit: 9).count, is: 0, "and are no duplicates")
        },
        Check("an interrupted run of an older version is ended") { workshop in
            try await workshop.register()
            let ticket = try await workshop.begin()
            try await workshop.store.stage(Workshop.batch([.init(code: "a")]), of: ticket, then: Position(page: 2))
            try await workshop.store.close()
            let store = try await workshop.reopen()
            var changed = Workshop.shop
            changed.title = "商铺"
            _ = try await store.register(changed, text: "changed", who: "check", reason: "conformance")
            let next = try await workshop.begin(in: store)
            try expect(next.run.number != ticket.run.number, "another run is opened")
            try expect(next.position, is: Position(), "from the beginning")
            try expect(try await store.run(ticket.run.number)?.state, is: .failed, "the old one is ended")
        },
        Check("failures are counted since the last publication") { workshop in
            try await workshop.register()
            func fail() async throws {
                let ticket = try await workshop.begin()
                _ = try await workshop.store.end(
                    run: ticket.run.number, as: .failed, fault: Fault(.sourceTimeout, "slow"), decision: nil)
            }
            try expect(try await workshop.store.failures().isEmpty, "nothing has failed yet")
            try await fail()
            let first = try await workshop.store.lastRuns()["shop"]?.startedAt
            try await fail()
            try expect(
                try await workshop.store.failures()["shop"],
                is: first.map { FailureStreak(count: 2, since: $0) }, "of an entry that was never published")
            try await workshop.publish([.init(code: "a")])
            try expect(try await workshop.store.failures().isEmpty, "a publication ends the streak")
            try await fail()
            try expect(try await workshop.store.failures()["shop"]?.count, is: 1, "and another begins")
        },
        Check("what was written is counted") { workshop in
            try await workshop.register()
            let before = workshop.store.activity
            try await workshop.publish([.init(code: "a")])
            let after = workshop.store.activity
            try expect(after.commits > before.commits, "transactions are counted")
            try expect(after.busySeconds > before.busySeconds, "and what they took")
            try expect(after.storedBytes + after.loggedBytes > 0, "what is stored has a size")
            try expect(after.waiting, is: 0, "nothing waits when all is answered")
        },
    ]

    private static func interrupted(_ workshop: Workshop, prepared: [Workshop.Shop]) async throws {
        try await workshop.register()
        if !prepared.isEmpty { try await workshop.publish(prepared) }
        let ticket = try await workshop.begin()
        let position = Position(page: 3, record: 1, token: "next")
        try await workshop.store.stage(
            Workshop.batch([.init(code: "a"), .init(code: "b")], [Workshop.refusal(nil)]), of: ticket, then: position)
        try await workshop.store.close()
        let store = try await workshop.reopen()
        let resumed = try await workshop.begin(in: store)
        try expect(resumed.run.number, is: ticket.run.number, "the same run goes on")
        try expect(resumed.position, is: position, "from the position after the last batch")
        try await store.stage(Workshop.batch([.init(code: "c")]), of: resumed, then: Position(page: 4))
        let difference = try await workshop.assess(resumed, in: store)
        try expect(difference.read, is: 4, "what was staged before counts")
        _ = try await store.publish(run: resumed.run.number, watermark: nil, decision: nil)
        guard let state = try await store.collection("shop") else { return }
        let page = try await store.page(
            QueryPlan(RecordQuery(), over: state.collection, disclosure: .everybody))
        let ids = page.batch.heads.indices.map { page.batch.id($0) }
        // The refused record had no key: the run removes nothing.
        try expect(ids, is: prepared.isEmpty ? ["a", "b", "c"] : ["a", "b", "c", "gone"], "each record is there once")
        try await store.close()
    }
}
