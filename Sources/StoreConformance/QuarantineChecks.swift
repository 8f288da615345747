import Model
import Store

extension StoreConformance {
    static let quarantineChecks: [Check] = [
        Check("a refused record counts as seen, and its published version is stale") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a"), .init(code: "b")])
            let run = try await workshop.publish([.init(code: "b")], [Workshop.refusal("a")])
            try expect([run.difference.refused, run.difference.removed], is: [1, 0], "refused, not removed")
            let stale = try await workshop.page().envelopes.map(\.isStale)
            try expect(stale, is: [true, false], "the last good version says that it is old")
            try await workshop.publish([.init(code: "a"), .init(code: "b")])
            try expect(try await workshop.page().envelopes.map(\.isStale), is: [false, false], "until it comes again")
        },
        Check("a refused record without a key lets nothing be removed") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a"), .init(code: "b")])
            let run = try await workshop.publish([.init(code: "b")], [Workshop.refusal(nil)])
            try expect(run.difference.removed, is: 0, "it may be any of them")
            try expect(try await workshop.ids(), is: ["a", "b"], "all stay")
        },
        Check("in a delta, a refused record that comes again as it is served is good again") { workshop in
            var entry = Workshop.shop
            entry.delivery = .delta(Entry.Delta(parameter: "since", field: "note"))
            try await workshop.register(entry)
            try await workshop.publish([.init(code: "a"), .init(code: "b")], snapshot: false)
            try await workshop.publish([], [Workshop.refusal("a")], snapshot: false)
            try expect(try await workshop.page().envelopes.map(\.isStale), is: [true, false], "stale meanwhile")
            try await workshop.publish([.init(code: "a")], snapshot: false)
            try expect(try await workshop.page().envelopes.map(\.isStale), is: [false, false], "not any more")
            try expect(try await workshop.store.quarantineCounts(), is: [:], "and nothing waits")
        },
        Check("quarantine opens once for a record, and settles when it passes") { workshop in
            try await workshop.register()
            let refusals = [Workshop.refusal("a", raw: "{\"code\":\"a\"}"), Workshop.refusal(nil, raw: "{}")]
            try await workshop.publish([.init(code: "b")], refusals)
            try await workshop.publish([.init(code: "b")], refusals)
            let open = try await workshop.store.quarantined(QuarantineQuery(entries: ["shop"]))
            try expect(open.map(\.refusal), is: refusals, "each refused record waits once")
            try expect(try await workshop.store.quarantineCounts(), is: ["shop": 2], "and is counted")
            try await workshop.publish([.init(code: "b"), .init(code: "a")], [refusals[1]])
            try expect(
                try await workshop.store.quarantined(QuarantineQuery()).count, is: 1, "what passed is settled")
            try await workshop.store.dismiss(quarantined: [open[1].number], who: "me", reason: "test data")
            let dismissed = try await workshop.store.quarantined(number: open[1].number)
            try expect(dismissed?.state, is: .dismissed, "what was dismissed says so")
            try expect(dismissed?.reason, is: "test data", "and why")
            try await expect(.notFound, "nothing is dismissed twice") {
                try await workshop.store.dismiss(quarantined: [open[1].number], who: "me", reason: "again")
            }
        },
        Check("a released record is published with a run of its own") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "b")], [Workshop.refusal("a")])
            guard let waiting = try await workshop.store.quarantined(QuarantineQuery()).first else {
                throw Violation(description: "nothing waits")
            }
            try await workshop.store.release(
                Workshop.batch([.init(code: "a")]), of: "shop", quarantined: [waiting.number], who: "me")
            try expect(try await workshop.ids(), is: ["a", "b"], "it is served")
            try expect(
                try await workshop.store.quarantined(number: waiting.number)?.state, is: .replayed,
                "its place is closed")
            try expect(try await workshop.store.runs(of: "shop", limit: 1).first?.trigger, is: .replay, "a run tells")
        },
        Check("findings are those of the records that are served") { workshop in
            try await workshop.register()
            var batch = Workshop.batch([.init(code: "a"), .init(code: "b")])
            batch.findings = [
                Finding(record: 0, field: "name", rule: "one", message: "x"),
                Finding(record: 1, field: "name", rule: "two", message: "y"),
            ]
            let ticket = try await workshop.begin()
            try await workshop.store.stage(batch, of: ticket, then: Position())
            _ = try await workshop.assess(ticket)
            _ = try await workshop.store.publish(run: ticket.run.number, watermark: nil, decision: nil)
            try expect(
                try await workshop.store.findings(of: "shop", limit: 9).map(\.finding.rule), is: ["one", "two"], "kept")
            try await workshop.publish([.init(code: "a", name: "好"), .init(code: "b")])
            try expect(
                try await workshop.store.findings(of: "shop", limit: 9).map(\.id), is: ["b"],
                "a record that changed brings its own")
            var again = Workshop.batch([.init(code: "a", name: "好"), .init(code: "b")])
            again.findings = [Finding(record: 1, field: "name", rule: "two", message: "y")]
            let later = try await workshop.begin()
            try await workshop.store.stage(again, of: later, then: Position())
            _ = try await workshop.assess(later)
            _ = try await workshop.store.publish(run: later.run.number, watermark: nil, decision: nil)
            try expect(
                try await workshop.store.findings(of: "shop", limit: 9).map(\.id), is: ["b"],
                "one that came as it was has its own once")
        },
        Check("registrations are versions, with who and why") { workshop in
            let first = try await workshop.register()
            try expect(try await workshop.register(), is: first, "the same again is no new version")
            var changed = Workshop.shop
            changed.title = "商铺"
            let second = try await workshop.register(changed)
            try expect([first.version, second.version], is: [1, 2], "versions count")
            try expect(
                try await workshop.store.registrationHistory(of: "shop").map(\.entry.title), is: ["商铺", "商店"],
                "history has all")
            try await workshop.store.setPaused(true, entry: "shop", who: "me", reason: "holiday")
            try expect(try await workshop.store.registrations().map(\.isPaused), is: [true], "paused")
            try await expect(.unknownEntry, "an entry that is not registered") {
                try await workshop.store.setPaused(true, entry: "nobody", who: "me", reason: "")
            }
        },
        Check("what ran says which version it ran") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a")])
            var changed = Workshop.shop
            changed.title = "商铺"
            try await workshop.register(changed)
            try await workshop.publish([.init(code: "a")])
            try expect(try await workshop.store.runs(of: "shop", limit: 9).map(\.version), is: [2, 1], "newest first")
        },
    ]
}
