import Model
import Store

extension StoreConformance {
    private static func share(_ numerator: Int, _ denominator: Int) -> Quality.Share? {
        Quality.Share(numerator, of: denominator)
    }

    private static func collection(_ workshop: Workshop, _ name: String = "shop") async throws -> Quality {
        try await workshop.store.qualities()[name]?.quality ?? Quality()
    }

    /// Three shops of seven fields, 21 values: 16 are there, one of them doubtful, one could not be read; two refused
    /// records, of which one lacked its name and one had a wrong one; one key twice.
    private static var batch: RecordBatch {
        var batch = Workshop.batch(
            [.init(code: "a", staff: nil), .init(code: "b", worth: nil), .init(code: "a")],
            [
                Refusal(
                    id: nil, raw: "{}",
                    findings: [Finding(field: "name", rule: "required.missing", message: "is required")],
                    locator: SourceLocator(page: 1, record: 4)),
                Refusal(
                    id: nil, raw: "{1}",
                    findings: [
                        Finding(field: "name", rule: "text.control-character", message: "has one"),
                        Finding(field: "name", rule: "text.control-character", message: "has another"),
                    ],
                    locator: SourceLocator(page: 1, record: 5)),
            ])
        batch.findings = [
            Finding(record: 0, field: "staff", rule: "integer.unreadable", message: "is no number"),
            Finding(record: 1, field: "owner", rule: "code.expired", severity: .warning, message: "is old"),
        ]
        return batch
    }

    static let qualityChecks: [Check] = [
        Check("a run says how good what it read is, and so does its collection") { workshop in
            try await workshop.register()
            let ticket = try await workshop.begin()
            try expect(ticket.run.quality, is: nil, "not before it is read")
            try await workshop.store.stage(batch, of: ticket, then: Position(page: 2))
            _ = try await workshop.assess(ticket)
            let judged = try await workshop.store.run(ticket.run.number)?.quality
            // Declared: 3 × 7 and the name that was missing. No shop has a place. Sent: 16 that are there, 2 unreadable.
            let wanted = Quality(
                completeness: share(16, 22), validity: share(15, 18), uniqueness: share(2, 3))
            try expect(judged, is: wanted, "when it is judged")
            let run = try await workshop.store.publish(run: ticket.run.number, watermark: nil, decision: nil)
            try expect(run.quality, is: wanted, "when it is published: it follows no other")
            try expect(try await collection(workshop), is: wanted, "and its collection by the same counts")
        },
        Check("nothing is measured of nothing") { workshop in
            try await workshop.register()
            let run = try await workshop.publish([])
            try expect(run.quality, is: Quality(), "no record, no share")
            try expect(try await collection(workshop), is: Quality(), "of a run or a collection")
        },
        Check("what was counted before an interruption counts") { workshop in
            try await workshop.register()
            let ticket = try await workshop.begin()
            try await workshop.store.stage(batch, of: ticket, then: Position(page: 2))
            try await workshop.store.close()
            let store = try await workshop.reopen()
            let resumed = try await workshop.begin(in: store)
            try await store.stage(Workshop.batch([.init(code: "c")]), of: resumed, then: Position(page: 3))
            _ = try await workshop.assess(resumed, in: store)
            let run = try await store.publish(run: resumed.run.number, watermark: nil, decision: nil)
            try expect(run.quality?.completeness, is: share(16 + 6, 22 + 7), "once")
            try expect(run.quality?.validity, is: share(15 + 6, 18 + 6), "and in each dimension")
            try await store.close()
        },
        Check("a snapshot is measured anew, a delta adds to what is known") { workshop in
            var entry = Workshop.shop
            entry.delivery = .delta(Entry.Delta(parameter: "since", field: "note"))
            try await workshop.register(entry)
            try await workshop.publish([.init(code: "a", staff: nil)], snapshot: true)
            try expect(try await collection(workshop).completeness, is: share(5, 7), "the snapshot")
            let run = try await workshop.publish(
                [.init(code: "b"), .init(code: "b"), .init(code: "x", isRemoved: true)], snapshot: false)
            try expect(run.quality?.completeness, is: share(12, 14), "the delta, without what it removed")
            try expect(run.quality?.uniqueness, is: nil, "a key that comes twice is a change, not a mistake")
            try expect(try await collection(workshop).completeness, is: share(17, 21), "both")
            try expect(try await collection(workshop).uniqueness, is: share(1, 1), "of the snapshot's records")
            try await workshop.publish([.init(code: "a")], snapshot: true)
            try expect(try await collection(workshop).completeness, is: share(6, 7), "the snapshot alone")
        },
        Check("constants say nothing of a source") { workshop in
            var entry = Workshop.shop
            entry.fields[1].source = .constant("店")
            try await workshop.register(entry)
            let run = try await workshop.publish([.init(code: "a")])
            try expect(run.quality?.completeness, is: share(5, 6), "and are not counted")
        },
        Check("publications are in time by the update cycle") { workshop in
            var entry = Workshop.shop
            entry.update = .daily
            try await workshop.register(entry)
            try await workshop.publish([.init(code: "a")])
            let run = try await workshop.publish([.init(code: "b")])
            try expect(run.quality?.timeliness, is: share(1, 1), "the second follows the first in seconds")
            let ticket = try await workshop.begin()
            let same = try await workshop.store.publishUnchanged(ticket, watermark: nil)
            try expect(same.quality, is: Quality(timeliness: share(1, 1)), "one that changes nothing counts")
            try expect(try await collection(workshop).timeliness, is: share(2, 2), "together")
            try expect(try await collection(workshop).completeness, is: share(6, 7), "what is served stays measured")
        },
        Check("a subject says in how far its sources agree") { workshop in
            try await prepareSubject(workshop)
            // F1 has two names that differ, F2 one, F3 one: one value could be compared.
            try expect(
                try await collection(workshop, "body"), is: Quality(consistency: share(0, 1)), "where both have one")
            try await publish(
                workshop, "village", [["F2", "乙村"], ["F3", "丙村"], ["F1", "甲公司"]])
            try expect(try await collection(workshop, "body").consistency, is: share(1, 1), "once they agree")
            try await publish(workshop, "firm", [["F1", "甲公司", "5"], ["F2", "乙", "7"], ["F3", nil, nil]])
            try expect(try await collection(workshop, "body").consistency, is: share(1, 2), "and of what was touched")
            try await publish(workshop, "village", [["F2", "乙村"]])
            try expect(try await collection(workshop, "body").consistency, is: share(0, 1), "without what is gone")
        },
    ]
}
