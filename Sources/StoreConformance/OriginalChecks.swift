import Model
import Store

extension StoreConformance {
    /// The originals of a record by field, as provenance gives them.
    private static func originals(
        _ workshop: Workshop, of id: String = "a", in collection: String = "shop"
    ) async throws -> [String: String] {
        let origins = try await workshop.store.provenance(of: id, in: collection) ?? []
        return Dictionary(
            origins.compactMap { origin in origin.original.map { (origin.field, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    private static let sent = """
        {"name":" 店 \\"一\\"","staff":"１","owner":"43011219900101123x","note":"　内部"}
        """

    static let originalChecks: [Check] = [
        Check("provenance gives converted values as they were sent, masked as the value is") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a", originals: sent), .init(code: "b")])
            let wanted = ["name": " 店 \"一\"", "staff": "１", "owner": "430112********123x"]
            try expect(try await originals(workshop), is: wanted, "after a first load; withheld fields have none")
            try expect(try await originals(workshop, of: "b"), is: [:], "nothing where nothing was converted")
            try await workshop.publish([.init(code: "a"), .init(code: "b", staff: 2, originals: #"{"staff":"二"}"#)])
            try expect(try await originals(workshop), is: wanted, "a record that is the same is not rewritten")
            try expect(try await originals(workshop, of: "b"), is: ["staff": "二"], "one that changed is")
        },
        Check("the form in which a value was sent is no change of it") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a", originals: #"{"staff":"１"}"#)])
            let before = try await workshop.collection().revision
            let run = try await workshop.publish([.init(code: "a", originals: #"{"staff":"壹"}"#)])
            try expect([run.difference.changed, run.difference.unchanged], is: [0, 1], "it is unchanged")
            try expect(try await workshop.collection().revision, is: before, "and makes no revision")
        },
        Check("what was sent and means nothing has an origin, though no value") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a", name: nil, originals: #"{"name":"无"}"#)])
            try expect(try await originals(workshop), is: ["name": "无"], "the word that stood there")
            try expect(try await workshop.contents()["a"]?[1], is: nil, "and no value")
        },
        Check("a field that was graded higher has its original masked at once, a day never in part") { workshop in
            var entry = Workshop.shop
            entry.fields[1].type = .date
            try await workshop.register(entry)
            try await workshop.publish([.init(code: "a", name: "2021-05-20", originals: #"{"name":"20/05/2021"}"#)])
            try expect(try await originals(workshop), is: ["name": "20/05/2021"], "plain before")
            entry.fields[1].grade = 3
            try await workshop.register(entry)
            try expect(try await originals(workshop), is: ["name": "***"], "not even its first four characters")
        },
        Check("a subject's value has the original of the record that gave it") { workshop in
            let shop = SubjectSource(entry: "shop", field: "name")
            let stall = SubjectSource(entry: "stall", field: "name")
            var other = Workshop.shop
            other.name = "stall"
            for entry in [Workshop.shop, other] { try await workshop.register(entry) }
            try await workshop.store.define([
                Subject(
                    name: "trader", title: "商户", key: "code",
                    fields: [
                        SubjectField(
                            name: "code", title: "代码",
                            rule: .value([
                                SubjectSource(entry: "shop", field: "code"),
                                SubjectSource(entry: "stall", field: "code"),
                            ])),
                        SubjectField(name: "title", title: "名称", rule: .value([shop, stall])),
                        SubjectField(
                            name: "holder", title: "证件",
                            rule: .value([SubjectSource(entry: "stall", field: "owner")])),
                    ])
            ])
            try await workshop.publish([.init(code: "a", name: nil, originals: #"{"name":"无"}"#)])
            let ticket = try await workshop.begin("stall")
            let batch = Workshop.batch([.init(code: "a", originals: sent)])
            try await workshop.store.stage(batch, of: ticket, then: Position())
            _ = try await workshop.assess(ticket)
            _ = try await workshop.store.publish(run: ticket.run.number, watermark: nil, decision: nil)
            try expect(
                try await originals(workshop, in: "trader"),
                is: ["title": " 店 \"一\"", "holder": "430112********123x"], "from the fallback, masked")
        },
    ]
}
