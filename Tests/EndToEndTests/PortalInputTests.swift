import Foundation
import Testing

/// Recorded answers of portals and products, through real HTTP and their adapters into a real file.
@Suite struct PortalInputTests {
    private static func object(_ bytes: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    // MARK: - JSON:API

    private static let children = "legal-gleif-jsonapi/gleif-rs/tests/data/lei_records/direct-children_"

    private static func lei(_ parent: String) -> String {
        SourceEntry(
            name: "lei", adapter: "gleif", with: "path: /lei-records/\(parent)/direct-children, page_size: 15",
            key: "lei",
            fields: [
                ("lei", "from: attributes.lei, required: true"),
                ("name", "from: attributes.entity.legalName.name, required: true"),
                ("country", "from: attributes.entity.legalAddress.country"),
                ("created", "from: attributes.entity.creationDate, type: datetime"),
                ("updated", "from: attributes.registration.lastUpdateDate, type: datetime"),
            ]
        ).text
    }

    @Test(.enabled(if: Repository.hasRecording(children + "529900GRZ2BQY5ZM9N49.json")))
    func entitiesOfGLEIFArrive() async throws {
        let parent = "529900GRZ2BQY5ZM9N49"
        let body = try Repository.recording(Self.children + parent + ".json")
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: "application/vnd.api+json")
        } _: { base, source in
            let exchange = try ExchangeFolder(base: base, entries: ["lei": Self.lei(parent)])
            let sync = try await exchange.run("sync", "lei")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            #expect(source.asked == ["/lei-records/\(parent)/direct-children?page[size]=15&page[cursor]=*"])
            let records = try await exchange.records(of: "lei")
            let data = try #require(try Self.object(body)["data"] as? [[String: Any]])
            #expect(data.count == 12)
            #expect(Set(records.keys) == Set(data.compactMap { $0["id"] as? String }))
            let first = try #require(data.first)
            let entity = (first["attributes"] as? [String: Any])?["entity"] as? [String: Any]
            let name = (entity?["legalName"] as? [String: Any])?["name"] as? String
            #expect(records[first["id"] as? String ?? ""]?["name"] == name)
        }
    }

    /// The recorded page promises 35 entities and links to the next of three pages; the links lead to this machine here.
    @Test(.enabled(if: Repository.hasRecording(children + "851WYGNLUQLFZBSYGB56.json")))
    func pagesOfGLEIFAreFollowedAndMissingOnesHeld() async throws {
        let parent = "851WYGNLUQLFZBSYGB56"
        let first = String(decoding: try Repository.recording(Self.children + parent + ".json"), as: UTF8.self)
        let last = String(
            decoding: try Repository.recording(Self.children + "529900GRZ2BQY5ZM9N49.json"), as: UTF8.self)
        try await LoopbackSource.serving { _, query in
            let page = query["page%5Bnumber%5D"] ?? query["page[number]"]
            let text = page == nil ? first : last.replacing(#""total":12"#, with: #""total":35"#)
            return LoopbackSource.Answer(
                text.replacing(#"https:\/\/api.gleif.org\/api\/v1"#, with: ""), type: "application/vnd.api+json")
        } _: { base, source in
            let exchange = try ExchangeFolder(base: base, entries: ["lei": Self.lei(parent)])
            let held = try await exchange.run("sync", "lei")
            #expect(held.status == 3, "\(held.output) \(held.complaints)")
            #expect(held.complaints.contains("35"), "\(held.complaints)")
            let path = "/lei-records/\(parent)/direct-children"
            let followed: [String] = [
                "\(path)?page[size]=15&page[cursor]=*", "\(path)?page[number]=2&page[size]=15",
            ]
            #expect(source.asked == followed)
            #expect(try await exchange.records(of: "lei").isEmpty)
        }
    }

    // MARK: - Socrata

    private static func counts(_ more: String) -> String {
        SourceEntry(
            name: "count", adapter: "socrata", with: "dataset: u2g6-yb3v, order: date\(more)", key: "date",
            fields: [
                ("date", "from: date, type: datetime, required: true"),
                ("device", "from: id"),
                ("number", "from: counts, type: integer"),
            ]
        ).text
    }

    @Test(.enabled(if: Repository.hasRecording("dept-socrata-sodapy/bike_counts_page_1.json")))
    func pagesOfSocrataArrive() async throws {
        let pages = try (1...2).map { try Repository.recording("dept-socrata-sodapy/bike_counts_page_\($0).json") }
        let rows = try pages.flatMap {
            try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [[String: String]])
        }
        #expect(rows.count == 1_001)
        try await LoopbackSource.serving { _, query in
            if query.values.contains(where: { $0.contains("count") }) {
                return LoopbackSource.Answer(#"[{"total":"1001"}]"#)
            }
            let isFirst = query.values.contains("0")
            return LoopbackSource.Answer(pages[isFirst ? 0 : 1], type: "application/json;charset=utf-8")
        } _: { base, source in
            let exchange = try ExchangeFolder(base: base, entries: ["count": Self.counts(", count: false")])
            let sync = try await exchange.run("sync", "count")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let asked: [String] = [0, 1_000].map { "/resource/u2g6-yb3v.json?$order=date&$offset=\($0)&$limit=1000" }
            #expect(source.asked == asked)
            let records = try await exchange.records(of: "count")
            #expect(records.count == 1_001)
            let sum = records.values.compactMap { Int($0["number"] ?? "") }.reduce(0, +)
            #expect(sum == 33_152)
            let last = records.values.filter { $0["date"] == "2016-10-02T01:45:00+08:00" }
            #expect(last.map { $0["number"] } == ["3"])

            let counting = try ExchangeFolder(base: base, entries: ["count": Self.counts("")])
            let counted = try await counting.run("sync", "count")
            #expect(counted.status == 0, "\(counted.output) \(counted.complaints)")
            let countedFirst: [String] = ["/resource/u2g6-yb3v.json?$select=count(*) as total"] + asked
            #expect(Array(source.asked.dropFirst(2)) == countedFirst)
            #expect(try await counting.records(of: "count").count == 1_001)
        }
    }

    // MARK: - CKAN

    @Test(.enabled(if: Repository.hasRecording("dept-ckan-cassettes/060-ckan_parser_timezone-8.json")))
    func tablesOfCKANArriveAndAnEmptyPageEndsThem() async throws {
        let full = try Repository.recording("dept-ckan-cassettes/059-ckan_parser_timezone-7.json")
        let empty = try Repository.recording("dept-ckan-cassettes/060-ckan_parser_timezone-8.json")
        let fields = [
            ("id", "from: _id, type: integer, required: true"),
            ("moment", "from: datetime, type: datetime"),
        ]
        let table = "f7e2f51f-aae9-4eb1-8519-3c86c8750007"
        try await LoopbackSource.serving { _, query in
            LoopbackSource.Answer(query["offset"] == nil || query["offset"] == "0" ? full : empty)
        } _: { base, source in
            let search = "/api/3/action/datastore_search?resource_id=\(table)"
            let exchange = try ExchangeFolder(
                base: base,
                entries: [
                    "row": SourceEntry(
                        name: "row", adapter: "ckan", with: "resource: \(table)", key: "id", fields: fields
                    ).text,
                    "linked": SourceEntry(
                        name: "linked", adapter: "http-json",
                        with: "path: '\(search)', records: result.records, paging: next, "
                            + "next_path: result._links.next, size_parameter: ''",
                        key: "id", fields: fields
                    ).text,
                ])
            let sync = try await exchange.run("sync", "row")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            #expect(source.asked == ["\(search)&sort=_id&offset=0&limit=1000"])
            let records = try await exchange.records(of: "row")
            #expect(Set(records.keys) == ["1", "2", "3", "4"])
            #expect(records["4"]?["moment"] == "2020-01-01T15:00:00+08:00")

            // Followed by its links, the table never ends by itself: the empty page names another.
            let linked = try await exchange.run("sync", "linked")
            #expect(linked.status == 0, "\(linked.output) \(linked.complaints)")
            let followed: [String] = [search, "/api/3/action/datastore_search?offset=100&resource_id=\(table)"]
            #expect(Array(source.asked.dropFirst()) == followed)
            #expect(try await exchange.records(of: "linked") == records)
        }
    }
}
