import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Model
import Store
import Testing

@testable import Gateway

/// What the tests serve: a collection with a field of every treatment, and records with what is hard to write.
enum Samples {
    static let fields = [
        CollectionField(name: "uscc", title: "统一社会信用代码", type: .uscc, isIndexed: true),
        CollectionField(name: "name", title: "名称", titleEnglish: "Name", type: .text),
        CollectionField(name: "capital", title: "注册资本", type: .decimal, isIndexed: true),
        CollectionField(name: "staff", title: "人数", type: .integer),
        CollectionField(name: "active", title: "存续", type: .boolean),
        CollectionField(name: "phone", title: "电话", type: .text, grade: 3),
        CollectionField(name: "legal_rep_id", title: "法定代表人证件", type: .citizenID, grade: 4, isWithheld: true),
    ]
    static let place = CollectionField(name: "location", title: "位置", type: .point)

    static let first: [Cell] = [
        .text("91430100MA4L1E2345"), .text("岳麓\"甲\"\n公司\u{1}"), .text("1200.50"), .integer(12), .integer(1),
        .text("138****0000"), .text("110101199001011234"),
    ]
    static let second: [Cell] = [
        .text("91430100MA4L1E2346"), .text("=HYPERLINK(\"x\")"), .null, .integer(-3), .integer(0), .null, .null,
    ]

    enum Cell {
        case text(String)
        case place(String)
        /// With its box: west, south, east, north.
        case located(String, [Double])
        case integer(Int64)
        case null
    }

    static func page(_ fields: [CollectionField], _ rows: [(id: String, cells: [Cell])], stale: Set<Int> = [])
        -> RecordPage
    {
        var batch = RecordBatch(columns: fields.count)
        for row in rows {
            let start = batch.bytes.count
            batch.bytes += row.id.utf8
            batch.heads.append(
                RecordBatch.Head(id: start..<batch.bytes.count, hash: .init(), locator: .init(page: 1, record: 1)))
            for cell in row.cells { append(cell, to: &batch) }
        }
        let envelopes = rows.indices.map {
            RecordEnvelope(
                revision: Int64($0 + 1), run: 7, publishedAt: "2026-11-23T10:00:00+08:00", isStale: stale.contains($0))
        }
        return RecordPage(fields: fields, batch: batch, envelopes: envelopes)
    }

    private static func append(_ cell: Cell, to batch: inout RecordBatch) {
        switch cell {
        case .null: batch.cells.append(.null)
        case .integer(let number):
            batch.cells.append(.init(kind: .integer, payload: UInt64(bitPattern: number)))
        case .text(let text):
            batch.cells.append(.init(kind: .text, offset: batch.bytes.count, length: text.utf8.count))
            // As one piece: tests serve megabytes.
            var text = text
            text.withUTF8 { batch.bytes.append(contentsOf: $0) }
        case .place(let text): append(.located(text, [0, 0, 0, 0]), to: &batch)
        case .located(let text, let box):
            for corner in box { withUnsafeBytes(of: corner) { batch.bytes += $0 } }
            batch.cells.append(.init(kind: .place, offset: batch.bytes.count, length: text.utf8.count))
            batch.bytes += text.utf8
        }
    }

    static func store(isSpatial: Bool = false, rows: [[Cell]] = [first, second]) -> ShelfStore {
        let point = #"{"type":"Point","coordinates":[112.9,28.2]}"#
        let fields = isSpatial ? fields + [place] : fields
        let cells = rows.map { isSpatial ? $0 + [.place(point)] : $0 }
        let page = page(
            fields, cells.enumerated().map { (id: "r\($0.offset + 1)", cells: $0.element) }, stale: [1])
        let collection = Collection(name: "enterprise", title: "企业", summary: "企业登记", key: ["uscc"], fields: fields)
        let state = CollectionState(
            collection: collection, revision: 42, epoch: "e1", count: Int64(rows.count),
            publishedAt: "2026-11-23T10:00:00+08:00")
        return ShelfStore(state: state, rows: page)
    }

    static let run = Run(
        number: 1, entry: "enterprise", version: 1, state: .published, startedAt: "2026-11-23T10:00:00Z")

    static let registration = Registration(
        entry: Entry(
            name: "enterprise", title: "企业", department: "market-regulation",
            source: .init(system: "market-core", adapter: "http-json", parameters: ["path": .text("/secret-path")]),
            key: ["uscc"],
            fields: [
                Field(name: "uscc", title: "代码", source: .path("TYSHXYDM"), type: .uscc),
                Field(name: "legal_rep_id", title: "证件", source: .path("ZJ"), type: .citizenID, isWithheld: true),
            ]),
        version: 3, text: "", who: "李工", reason: "", at: "2026-11-23T10:00:00Z", isPaused: false)

    static let status = ExchangeStatus(
        version: "1", startedAt: nil, catalogue: .init(loadedAt: nil, problems: ["a.yaml:1:1: bad"]),
        entries: [
            .init(
                entry: "enterprise", title: "企业", department: "market-regulation", isPaused: false, records: 2,
                lastRun: run, lastPublished: "2026-11-23T02:00:00.000Z", nextStart: nil, isFresh: true, quarantined: 5,
                quality: Quality(completeness: .init(3, of: 4)))
        ], running: [],
        circuits: [
            CircuitStatus(system: "market-core", state: .open, failures: 5, fault: Fault(.sourceTimeout, "slow"))
        ])

    static func gateway(
        _ store: any ExchangeStore = store(), _ settings: GatewaySettings = GatewaySettings(port: 0),
        activity: ExchangeActivity = ExchangeActivity()
    ) throws -> Gateway {
        let services = GatewayServices(
            store: store, status: { () async throws(Fault) in status },
            readiness: { () async throws(Fault) in
                if let fault = await store.health() { throw fault }
                return status.catalogue
            }, activity: { activity },
            departments: { [Department(name: "market-regulation", title: "市场监管局")] },
            now: { Date(timeIntervalSince1970: 1_795_399_260) })
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return try Gateway(services: services, settings: settings, logger: logger)
    }
}

/// One request to a gateway without a socket.
func ask(
    _ path: String, _ gateway: Gateway? = nil, method: HTTPRequest.Method = .get, headers: HTTPFields = [:],
    body: String? = nil
) async throws -> Answer {
    let gateway = try gateway ?? Samples.gateway()
    return try await gateway.application.test(.router) { client in
        let response = try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        return Answer(status: response.status.code, headers: response.headers, text: String(buffer: response.body))
    }
}

struct Answer {
    var status: Int
    var headers: HTTPFields
    var text: String

    var json: [String: Any] {
        get throws { try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]) }
    }

    func list(_ name: String) throws -> [[String: Any]] { try #require(try json[name] as? [[String: Any]]) }

    func link(_ rel: String) throws -> [String: Any]? { try list("links").first { $0["rel"] as? String == rel } }

    var code: String? { (try? json)?["code"] as? String }
}
