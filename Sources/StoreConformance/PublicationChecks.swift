import Model
import Store

extension StoreConformance {
    static let publicationChecks: [Check] = [
        Check("nothing is served before its run is published") { workshop in
            try await workshop.register()
            let ticket = try await workshop.begin()
            try await workshop.store.stage(
                Workshop.batch([.init(code: "a"), .init(code: "b")]), of: ticket, then: Position(page: 2))
            try expect(try await workshop.ids(), is: [], "staged records are invisible")
            let difference = try await workshop.assess(ticket)
            try expect(difference.added, is: 2, "assessing counts what is new")
            try expect(try await workshop.ids(), is: [], "judged records are invisible")
            let run = try await workshop.store.publish(run: ticket.run.number, watermark: nil, decision: nil)
            try expect(run.state, is: .published, "the run says so")
            try expect(try await workshop.ids(), is: ["a", "b"], "published records are served")
            try expect(try await workshop.collection().count, is: 2, "the collection counts them")
        },
        Check("a run that changes nothing makes no revisions") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a"), .init(code: "b")])
            let before = try await workshop.collection().revision
            let run = try await workshop.publish([.init(code: "b"), .init(code: "a")])
            try expect(run.difference.unchanged, is: 2, "both are unchanged")
            try expect(try await workshop.collection().revision, is: before, "the revision stays")
        },
        Check("records are compared in whatever order they come") { workshop in
            try await workshop.register()
            let names = (0..<600).map { String($0) }
            try await workshop.publish(names.map { .init(code: $0) })
            let orders: [[String]] = [
                names.reversed(), names.filter { $0.hasSuffix("7") } + names.filter { !$0.hasSuffix("7") },
                names.map { String(((Int($0) ?? 0) * 7 + 3) % 600) },
            ]
            for (round, order) in orders.enumerated() {
                // One is changed, one is new, one is not there any more.
                let sent = order.filter { $0 != "\(300 + round)" } + ["new \(round)"]
                let run = try await workshop.publish(sent.map { .init(code: $0, name: $0 == "42" ? "\(round)" : "店") })
                let difference = run.difference
                try expect(
                    [difference.added, difference.changed, difference.removed, difference.unchanged],
                    is: round == 0 ? [1, 1, 1, 598] : [2, 1, 2, 597], "round \(round)")
            }
        },
        Check("a snapshot adds, changes and removes") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a"), .init(code: "b"), .init(code: "c")])
            let run = try await workshop.publish([.init(code: "a"), .init(code: "b", name: "新店"), .init(code: "d")])
            let difference = run.difference
            try expect(
                [difference.added, difference.changed, difference.removed, difference.unchanged], is: [1, 1, 1, 1],
                "the difference is counted")
            try expect(try await workshop.ids(), is: ["a", "b", "d"], "what is absent is gone")
            try expect(try await workshop.contents()["b"]?[1], is: "新店", "what changed is new")
            try expect(try await workshop.collection().count, is: 3, "the count follows")
        },
        Check("old versions move to history with the time they were valid") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a", name: "一")])
            try await workshop.publish([.init(code: "a", name: "二")])
            try await workshop.publish([])
            try await workshop.publish([.init(code: "a", name: "三")])
            let versions = try await workshop.store.history(of: "a", in: "shop", disclosure: .owner)
            let names = versions.map { $0.isRemoval ? "-" : $0.page.batch.string(0, 1) }
            try expect(names, is: ["三", "-", "二", "一"], "newest first, with the removal between")
            try expect(versions.first?.validTo, is: nil, "the newest is valid")
            for (newer, older) in zip(versions, versions.dropFirst()) {
                try expect(older.validTo, is: newer.validFrom, "one version ends where the next begins")
            }
        },
        Check("in a snapshot the first of a key stays, and the others are findings") { workshop in
            try await workshop.register()
            for _ in 0..<2 {
                let run = try await workshop.publish([
                    .init(code: "a", name: "一"), .init(code: "b"), .init(code: "a", name: "二"),
                ])
                try expect(run.difference.duplicates, is: 1, "the duplicate is counted")
                try expect(try await workshop.contents()["a"]?[1], is: "一", "the first stays")
                let findings = try await workshop.store.findings(of: "shop", limit: 10)
                try expect(findings.map(\.finding.rule), is: ["record.duplicate"], "it is found once, in every run")
            }
            let run = try await workshop.publish([
                .init(code: "a", name: "一"), .init(code: "b"), .init(code: "c", name: "甲"), .init(code: "c", name: "乙"),
                .init(code: "c", name: "丙"),
            ])
            try expect([run.difference.duplicates, run.difference.added], is: [2, 1], "of a key that is new, too")
            try expect(try await workshop.contents()["c"]?[1], is: "甲", "there, too, the first stays")
            try expect(run.difference.findings, is: 2, "each of the others is a finding")
        },
        Check("a held run serves nothing until it is published") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a"), .init(code: "b")])
            let ticket = try await workshop.begin()
            try await workshop.store.stage(Workshop.batch([]), of: ticket, then: Position())
            try expect(try await workshop.assess(ticket).removed, is: 2, "both would go")
            let held = try await workshop.store.hold(
                run: ticket.run.number, reasons: ["empty"], watermark: Watermark(etag: "x"))
            try expect(held.state, is: .held, "the run is held")
            try expect(try await workshop.ids(), is: ["a", "b"], "what was served stays")
            try expect(try await workshop.store.watermark(of: "shop"), is: nil, "the watermark stays")
            let decision = Run.Decision(verb: "publish", who: "me", reason: "closed", at: "now")
            let run = try await workshop.store.publish(run: held.number, watermark: nil, decision: decision)
            try expect(run.decision, is: decision, "who and why are kept")
            try expect(try await workshop.ids(), is: [], "then it counts")
            try expect(try await workshop.store.watermark(of: "shop")?.etag, is: "x", "and the watermark moves")
        },
        Check("a held run is superseded by the next") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a")])
            let ticket = try await workshop.begin()
            try await workshop.store.stage(Workshop.batch([]), of: ticket, then: Position())
            _ = try await workshop.assess(ticket)
            _ = try await workshop.store.hold(run: ticket.run.number, reasons: ["empty"], watermark: nil)
            try await workshop.publish([.init(code: "a"), .init(code: "b")])
            let old = try await workshop.store.run(ticket.run.number)
            try expect(old?.state, is: .cancelled, "the older question is closed")
            try await expect(.runState, "and cannot be published") {
                _ = try await workshop.store.publish(run: ticket.run.number, watermark: nil, decision: nil)
            }
        },
        Check("what a held run staged and what the next one stages are kept apart") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a"), .init(code: "b")])
            let held = try await workshop.begin()
            try await workshop.store.stage(
                Workshop.batch([.init(code: "a", name: "新店"), .init(code: "b"), .init(code: "c")]), of: held,
                then: Position())
            _ = try await workshop.assess(held)
            _ = try await workshop.store.hold(run: held.run.number, reasons: ["look"], watermark: nil)
            let next = try await workshop.begin()
            try await workshop.store.stage(
                Workshop.batch([.init(code: "a", name: "别店"), .init(code: "b"), .init(code: "c"), .init(code: "d")]),
                of: next, then: Position())
            _ = try await workshop.store.publish(run: held.run.number, watermark: nil, decision: nil)
            try expect(try await workshop.ids(), is: ["a", "b", "c"], "the held run's records, and no other's")
            try expect(try await workshop.contents()["a"]?[1], is: "新店", "as that run read them")
            let difference = try await workshop.assess(next)
            try expect(
                [difference.added, difference.changed, difference.duplicates], is: [2, 1, 0],
                "the next run's are counted as it was compared")
            try await expect(.runSuperseded, "and cannot be published any more") {
                _ = try await workshop.store.publish(run: next.run.number, watermark: nil, decision: nil)
            }
            _ = try await workshop.store.end(run: next.run.number, as: .failed, fault: nil, decision: nil)
            let run = try await workshop.publish([.init(code: "a", name: "新店"), .init(code: "b"), .init(code: "c")])
            try expect(run.difference.unchanged, is: 3, "nothing of it is left")
        },
        Check("the newest version, run and publication of an entry are found by its name") { workshop in
            try await workshop.register()
            var changed = Workshop.shop
            changed.summary = "another"
            try await workshop.register(changed)
            try expect(try await workshop.store.registration(of: "shop")?.version, is: 2, "the newest version")
            try expect(try await workshop.store.registration(of: "none") == nil, "none of an unknown entry")
            let run = try await workshop.publish([.init(code: "a")])
            let next = try await workshop.begin()
            try expect(try await workshop.store.lastRuns().mapValues(\.number), is: ["shop": next.run.number], "last")
            try expect(
                try await workshop.store.lastPublished().mapValues(\.number), is: ["shop": run.number], "published")
            try expect(try await workshop.store.runsUnderWay().map(\.number), is: [next.run.number], "under way")
            let stages = try await workshop.store.note(stages: ["stage": 1], run: next.run.number)
            try expect(stages, is: ["stage": 1], "the time it took is noted")
            try expect(
                try await workshop.store.note(stages: ["stage": 0.5, "judge": 2], run: next.run.number),
                is: ["stage": 1.5, "judge": 2], "and added up")
            try expect(
                try await workshop.store.run(next.run.number)?.stages, is: ["stage": 1.5, "judge": 2], "in its report")
        },
        Check("a discarded first load leaves nothing behind") { workshop in
            try await workshop.register()
            let ticket = try await workshop.begin()
            try await workshop.store.stage(Workshop.batch([.init(code: "x")]), of: ticket, then: Position())
            _ = try await workshop.store.end(
                run: ticket.run.number, as: .cancelled, fault: nil, decision: nil)
            try await workshop.publish([.init(code: "a")])
            try expect(try await workshop.ids(), is: ["a"], "only what was published is there")
        },
        Check("fields of another type build a new generation") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a", staff: 7), .init(code: "gone")])
            let before = try await workshop.collection().revision
            var changed = Workshop.shop
            changed.fields[2].type = .text
            try await workshop.register(changed)
            let ticket = try await workshop.begin(rules: "2")
            try expect(ticket.isFirstLoad, "the new form is loaded aside")
            var writer = BatchWriter(columns: 7)
            writer.begin("a")
            for value in ["a", "店", "seven", "10", nil, nil, nil] { writer.text(value) }
            writer.end()
            try await workshop.store.stage(writer.batch, of: ticket, then: Position())
            try expect(try await workshop.contents()["a"]?[2], is: "7", "the old form is served meanwhile")
            try expect(try await workshop.assess(ticket).removed, is: 1, "it is compared by key")
            _ = try await workshop.store.publish(run: ticket.run.number, watermark: nil, decision: nil)
            try expect(try await workshop.contents()["a"]?[2], is: "seven", "then the new one is")
            let feed = try await workshop.store.changes(
                in: "shop", after: before, epoch: nil, limit: 10, disclosure: .owner)
            try expect(feed.page.batch.heads.indices.map { feed.page.batch.id($0) }, is: ["a", "gone"], "all changed")
            try expect(feed.removed, is: [1], "what is not in the new form left a tombstone")
            let versions = try await workshop.store.history(of: "a", in: "shop", disclosure: .owner)
            try expect(
                versions.map { $0.page.batch.string(0, 2) }, is: ["seven", "7"], "history spans generations")
        },
    ]
}
