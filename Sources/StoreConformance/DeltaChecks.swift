import Model
import Store

extension StoreConformance {
    private static var deltaShop: Entry {
        var entry = Workshop.shop
        entry.delivery = .delta(Entry.Delta(parameter: "since", field: "note"))
        return entry
    }

    static let deltaChecks: [Check] = [
        Check("a delta removes only what it says is removed") { workshop in
            try await workshop.register(deltaShop)
            try await workshop.publish([.init(code: "a"), .init(code: "b"), .init(code: "c")], snapshot: false)
            let run = try await workshop.publish(
                [
                    .init(code: "b", isRemoved: true), .init(code: "c", name: "新"),
                    .init(code: "nobody", isRemoved: true),
                ],
                snapshot: false)
            try expect([run.difference.changed, run.difference.removed], is: [1, 1], "counted")
            try expect(try await workshop.ids(), is: ["a", "c"], "what was not mentioned stays")
            let feed = try await workshop.store.changes(
                in: "shop", after: 3, epoch: nil, limit: 10, disclosure: .everybody)
            try expect(feed.removed.map { feed.page.batch.id($0) }, is: ["b"], "the removal is in the feed")
        },
        Check("in a delta the last of a key wins") { workshop in
            try await workshop.register(deltaShop)
            try await workshop.publish(
                [
                    .init(code: "a", name: "一"), .init(code: "b"), .init(code: "a", name: "二"),
                    .init(code: "b", isRemoved: true),
                ], snapshot: false)
            try expect(try await workshop.ids(), is: ["a"], "also in a first load")
            try expect(try await workshop.contents()["a"]?[1], is: "二", "the later one is served")
            try await workshop.publish(
                [.init(code: "a", name: "三"), .init(code: "c", name: "甲"), .init(code: "c", name: "乙")],
                snapshot: false)
            try await workshop.publish(
                [.init(code: "a", name: "四"), .init(code: "a", name: "三")], snapshot: false)
            try expect(try await workshop.contents()["a"]?[1], is: "三", "even where it is what is served")
            try expect(try await workshop.contents()["c"]?[1], is: "乙", "and of new keys")
            let run = try await workshop.publish(
                [
                    .init(code: "d"), .init(code: "d", isRemoved: true), .init(code: "e", isRemoved: true),
                    .init(code: "e", name: "戊"), .init(code: "c", isRemoved: true), .init(code: "c", name: "丙"),
                    .init(code: "a", name: "五"), .init(code: "a", isRemoved: true),
                ], snapshot: false)
            try expect(try await workshop.ids(), is: ["c", "e"], "also of removals")
            try expect(try await workshop.contents()["c"]?[1], is: "丙", "and of what came after one")
            let difference = run.difference
            try expect(
                [difference.added, difference.changed, difference.removed, difference.duplicates], is: [1, 1, 1, 4],
                "each key is counted once")
        },
        Check("watermarks move only with a publication") { workshop in
            try await workshop.register(deltaShop)
            try await workshop.publish([.init(code: "a")], snapshot: false, watermark: Watermark(since: "1"))
            let ticket = try await workshop.begin(snapshot: false)
            try expect(ticket.watermark?.since, is: "1", "the next run starts there")
            _ = try await workshop.store.end(
                run: ticket.run.number, as: .failed, fault: Fault(.sourceTimeout, "slow"), decision: nil)
            try expect(try await workshop.store.watermark(of: "shop")?.since, is: "1", "a failed run moves nothing")
            let again = try await workshop.begin(snapshot: false)
            _ = try await workshop.store.publishUnchanged(again, watermark: Watermark(since: "2"))
            try expect(try await workshop.store.watermark(of: "shop")?.since, is: "2", "an unchanged one does")
        },
    ]
}
