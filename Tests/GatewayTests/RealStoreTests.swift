import Foundation
import HTTPTypes
import Model
import SQLiteStore
import Store
import Testing

@testable import Gateway

/// The gateway over a store on disk: what is registered, staged and published is what is answered.
@Suite struct RealStoreTests {
    private static let entry = Entry(
        name: "shop", title: "商店", department: "market", source: .init(system: "market", adapter: "http-json"),
        key: ["code"],
        fields: [
            Field(name: "code", title: "代码", source: .path("code"), isRequired: true),
            Field(name: "staff", title: "人数", source: .path("staff"), type: .integer, isIndexed: true),
            Field(name: "worth", title: "资产", source: .path("worth"), type: .decimal, isIndexed: true),
            Field(name: "open", title: "营业", source: .path("open"), type: .boolean),
            Field(name: "spot", title: "位置", source: .path("spot"), type: .point, crs: "OGC:CRS84"),
            Field(name: "owner", title: "店主证件", source: .path("owner"), type: .citizenID, grade: 3),
            Field(name: "note", title: "备注", source: .path("note"), isWithheld: true),
        ])

    private static func withGateway(_ body: (Gateway, SQLiteStore) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "huitong-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteStore(path: folder.appending(path: "exchange.sqlite").path)
        _ = try await store.register(entry, text: "entry: shop", who: "test", reason: "test")
        try await publish((1...5).map { shop($0) }, to: store)
        try await body(try Samples.gateway(store), store)
        try await store.close()
    }

    private static func shop(_ number: Int) -> (id: String, cells: [Samples.Cell]) {
        let box: [Double] = [112 + Double(number), 28, 112 + Double(number), 28]
        let place = #"{"type":"Point","coordinates":[\#(112 + number),28]}"#
        return (
            "s\(number)",
            [
                .text("s\(number)"), .integer(Int64(number)), .text("\(number)00.5"), .integer(1),
                .located(place, box), .text("430112199001011234"), .text("内部"),
            ]
        )
    }

    private static func publish(_ rows: [(id: String, cells: [Samples.Cell])], to store: SQLiteStore) async throws {
        let order = RunOrder(entry: "shop", trigger: .command, isSnapshot: true, rules: "1")
        let ticket = try await store.begin(order)
        var batch = Samples.page(entry.fields.map { _ in Samples.place }, rows).batch
        for record in batch.heads.indices {
            var hasher = Hasher()
            for column in 0..<batch.columns { hasher.combine(batch.string(record, column)) }
            batch.heads[record].hash = .init(high: UInt64(bitPattern: Int64(hasher.finalize())), low: 1)
        }
        try await store.stage(batch, of: ticket, then: Position(page: 2))
        try await store.index(ticket)
        _ = try await store.assess(ticket)
        _ = try await store.publish(run: ticket.run.number, watermark: nil, decision: nil)
    }

    @Test func `pages, filters, boxes and orders`() async throws {
        try await Self.withGateway { gateway, _ in
            let all = try await ask("/collections/shop/items?f=json&sortby=-worth&limit=3", gateway)
            #expect(try all.list("items").map { $0["_id"] as? String } == ["s5", "s4", "s3"])
            #expect(all.text.contains(#""worth":500.5,"open":true"#))
            #expect(!all.text.contains("430112199001011234"))
            #expect(!all.text.contains("内部"))
            let href = try #require(try all.link("next")?["href"] as? String)
            let rest = try await ask(String(href.dropFirst("http://localhost".count)), gateway)
            #expect(try rest.list("items").map { $0["_id"] as? String } == ["s2", "s1"])
            let found = try await ask("/collections/shop/items?f=json&worth=200.5", gateway)
            #expect(try found.list("items").map { $0["_id"] as? String } == ["s2"])
            let open = try await ask("/collections/shop/items?f=json&open=true&staff=4", gateway)
            #expect(try open.list("items").map { $0["_id"] as? String } == ["s4"])
            let near = try await ask("/collections/shop/items?bbox=112.5,27,114.5,29", gateway)
            #expect(try near.list("features").map { $0["id"] as? String } == ["s1", "s2"])
        }
    }

    @Test(arguments: ["staff=many", "worth=1e", "open=perhaps"])
    func `a literal that is not of the field's type is refused without being repeated`(query: String) async throws {
        try await Self.withGateway { gateway, _ in
            let answer = try await ask("/collections/shop/items?\(query)", gateway)
            #expect(answer.status == 400, "\(answer.text)")
            #expect(answer.code == "request.bad-parameter")
            let value = try #require(query.split(separator: "=").last)
            #expect(!answer.text.contains("\"\(value)\"") && !answer.text.contains(" \(value)"))
        }
    }

    @Test func `changes, history and provenance of a record`() async throws {
        try await Self.withGateway { gateway, store in
            let before = try await ask("/collections/shop/changes?limit=100", gateway)
            let last = try #require(try before.json["last"] as? Int)
            let epoch = try #require(try before.json["epoch"] as? String)
            #expect(try before.list("changes").count == 5)
            let tag = try #require(try await ask("/collections/shop/items/s2", gateway).headers[.eTag])
            var changed = Self.shop(2)
            changed.cells[1] = .integer(20)
            try await Self.publish([Self.shop(1), changed, Self.shop(3), Self.shop(4)], to: store)

            let after = try await ask("/collections/shop/changes?after=\(last)&epoch=\(epoch)", gateway)
            let changes = try after.list("changes")
            #expect(Set(changes.compactMap { $0["_id"] as? String }) == ["s2", "s5"])
            let tombstone = try #require(changes.first { $0["_id"] as? String == "s5" })
            #expect(tombstone["_removed"] as? Bool == true)
            #expect(tombstone["staff"] == nil)
            let now = try await ask("/collections/shop/items/s2", gateway, headers: [.ifNoneMatch: tag])
            #expect(now.status == 200)
            #expect(try await ask("/collections/shop/items/s5", gateway).status == 404)
            let history = try await ask("/collections/shop/items/s2/history", gateway)
            #expect(try history.list("versions").map { $0["staff"] as? Int } == [20, 2])
            let provenance = try await ask("/collections/shop/items/s2/provenance", gateway)
            #expect(try provenance.list("values").contains { $0["field"] as? String == "staff" })
            #expect(!provenance.text.contains("note"))
            #expect(try await ask("/collections/shop/changes?after=\(last)&epoch=other", gateway).status == 410)
        }
    }

    @Test func `runs and readiness`() async throws {
        try await Self.withGateway { gateway, _ in
            let runs = try await ask("/runs?entry=shop", gateway)
            let number = try #require(try runs.list("runs").first?["number"] as? Int)
            #expect(try await ask("/runs/\(number)", gateway).json["state"] as? String == "published")
            #expect(try await ask("/health/ready", gateway).status == 200)
            #expect(try await ask("/collections/shop", gateway).json["count"] as? Int == 5)
        }
    }
}
