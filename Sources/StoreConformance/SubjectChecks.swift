import Model
import Store

extension StoreConformance {
    private static func entry(_ name: String, key: String, _ fields: [Field]) -> Entry {
        Entry(
            name: name, title: name, department: "d", source: Entry.Source(system: "s", adapter: "http-json"),
            key: [key],
            fields: [Field(name: key, title: key, source: .path(key), isRequired: true)] + fields)
    }

    private static let firm = entry(
        "firm", key: "uscc",
        [
            Field(name: "name", title: "名称", source: .path("name")),
            Field(name: "capital", title: "资本", source: .path("capital"), type: .decimal),
        ])
    private static let village = entry(
        "village", key: "uscc", [Field(name: "name", title: "名称", source: .path("name"))])
    private static let penalty = entry(
        "penalty", key: "number",
        [
            Field(name: "subject", title: "相对人", source: .path("subject"), isIndexed: true),
            Field(name: "until", title: "公示截止", source: .path("until"), type: .date),
        ])

    private static let body = Subject(
        name: "body", title: "法人", key: "uscc",
        fields: [
            SubjectField(
                name: "uscc", title: "代码",
                rule: .value([
                    SubjectSource(entry: "firm", field: "uscc"), SubjectSource(entry: "village", field: "uscc"),
                ])),
            SubjectField(
                name: "name", title: "名称",
                rule: .value([
                    SubjectSource(entry: "firm", field: "name"), SubjectSource(entry: "village", field: "name"),
                ])),
            SubjectField(
                name: "capital", title: "资本", rule: .value([SubjectSource(entry: "firm", field: "capital")])),
            SubjectField(
                name: "penalties", title: "处罚",
                rule: .count(entry: "penalty", by: "subject", condition: "until >= today")),
        ])

    static func publish(_ workshop: Workshop, _ entry: String, _ rows: [[String?]]) async throws {
        let ticket = try await workshop.begin(entry)
        var writer = BatchWriter(columns: rows.first?.count ?? 0)
        for row in rows {
            writer.begin(row[0] ?? "")
            for value in row { writer.text(value) }
            writer.end()
        }
        try await workshop.store.stage(writer.batch, of: ticket, then: Position())
        _ = try await workshop.assess(ticket)
        _ = try await workshop.store.publish(run: ticket.run.number, watermark: nil, decision: nil)
    }

    static func prepareSubject(_ workshop: Workshop) async throws {
        for entry in [firm, village, penalty] { try await workshop.register(entry) }
        try await workshop.store.define([body])
        try await publish(workshop, "firm", [["F1", "甲公司", "5"], ["F2", nil, "7"]])
        try await publish(workshop, "village", [["F2", "乙村"], ["F3", "丙村"], ["F1", "甲"]])
        try await publish(
            workshop, "penalty",
            [
                ["1", "F1", "2026-12-31"], ["2", "F1", "2026-11-22"], ["3", "F3", "2026-11-23"],
                ["4", "F9", "2030-01-01"],
            ])
    }

    static let subjectChecks: [Check] = [
        Check("a subject joins its entries by key, by authority and fallback") { workshop in
            try await prepareSubject(workshop)
            let wanted: [String: [String?]] = [
                "F1": ["F1", "甲公司", "5", "1"], "F2": ["F2", "乙村", "7", "0"], "F3": ["F3", "丙村", nil, "1"],
            ]
            try expect(try await workshop.contents(of: "body"), is: wanted, "joined as they came")
            try expect(try await workshop.collection("body").count, is: 3, "and counted")
        },
        Check("sources that disagree are findings") { workshop in
            try await prepareSubject(workshop)
            let findings = try await workshop.store.findings(of: "body", limit: 9)
            try expect(findings.map(\.id), is: ["F1"], "F1 has two names")
            try expect(findings.first?.finding.field, is: "name", "in the field that differs")
            try await publish(workshop, "village", [["F2", "乙村"], ["F3", "丙村"], ["F1", "甲公司"]])
            try expect(try await workshop.store.findings(of: "body", limit: 9).count, is: 0, "until they agree")
        },
        Check("a subject follows each publication of its entries, in its own feed") { workshop in
            try await prepareSubject(workshop)
            let before = try await workshop.collection("body").revision
            try await publish(workshop, "firm", [["F1", "甲公司", "6"]])
            try await publish(workshop, "penalty", [["1", "F3", "2026-12-31"], ["3", "F3", "2026-11-23"]])
            try await publish(workshop, "village", [["F2", "乙村"], ["F1", "甲公司"]])
            let contents = try await workshop.contents(of: "body")
            try expect(
                contents, is: ["F1": ["F1", "甲公司", "6", "0"], "F2": ["F2", "乙村", nil, "0"]], "what is served")
            let feed = try await workshop.store.changes(
                in: "body", after: before, epoch: nil, limit: 9, disclosure: .owner)
            var known = Workshop.contents(feed.page)
            for record in feed.removed { known[feed.page.batch.id(record)] = nil }
            try expect(known, is: contents, "the feed tells all of it")
            let versions = try await workshop.store.history(of: "F3", in: "body", disclosure: .owner)
            try expect(versions.first?.isRemoval, is: true, "a thing that nobody knows any more is removed")
            try expect(versions.count, is: 4, "F3 was counted 0, 1 and 2 times before")
        },
        Check("a publication that does not touch a thing makes no revision of it") { workshop in
            try await prepareSubject(workshop)
            let before = try await workshop.collection("body").revision
            try await publish(workshop, "firm", [["F1", "甲公司", "5"], ["F2", nil, "7"]])
            try expect(try await workshop.collection("body").revision, is: before, "nothing changed")
        },
        Check("provenance names the entry that gave each value") { workshop in
            try await prepareSubject(workshop)
            let origins = try await workshop.store.provenance(of: "F2", in: "body") ?? []
            try expect(
                Dictionary(origins.map { ($0.field, $0.entry) }, uniquingKeysWith: { first, _ in first }),
                is: ["uscc": "firm", "name": "village", "capital": "firm"], "of each value")
            let counted = try await workshop.store.provenance(of: "F1", in: "body") ?? []
            try expect(counted.filter { $0.field == "penalties" }.map(\.record), is: ["1"], "and of each count")
        },
        Check("a changed subject is joined anew") { workshop in
            try await prepareSubject(workshop)
            var changed = body
            changed.fields.removeLast()
            try await workshop.store.define([changed])
            try expect(
                try await workshop.contents(of: "body")["F1"], is: ["F1", "甲公司", "5"], "in its new form")
        },
    ]
}
