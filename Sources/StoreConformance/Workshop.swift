import Model
import Store

/// A store with the tools to try it: a small entry, runs of it, and what is served then.
public final class Workshop: Sendable {
    public let store: any ExchangeStore
    /// Opens the same data again, as another process would after the first was killed.
    let reopen: @Sendable () async throws -> any ExchangeStore

    /// - Parameters:
    ///   - store: an empty store, which says it is 2026-11-23 in Asia/Shanghai.
    ///   - reopen: opens its data a second time.
    public init(store: any ExchangeStore, reopen: @escaping @Sendable () async throws -> any ExchangeStore) {
        self.store = store
        self.reopen = reopen
    }

    /// The entry most checks run: a key, values of each kind, a place, a graded and a withheld field.
    static let shop = Entry(
        name: "shop", title: "商店", department: "market",
        source: Entry.Source(system: "market", adapter: "http-json"), key: ["code"],
        fields: [
            Field(name: "code", title: "代码", source: .path("code"), isRequired: true),
            Field(name: "name", title: "名称", source: .path("name"), isIndexed: true),
            Field(name: "staff", title: "人数", source: .path("staff"), type: .integer, isIndexed: true),
            Field(name: "worth", title: "资产", source: .path("worth"), type: .decimal, isIndexed: true),
            Field(name: "spot", title: "位置", source: .path("spot"), type: .point, crs: "OGC:CRS84"),
            Field(name: "owner", title: "店主证件", source: .path("owner"), type: .citizenID, grade: 3),
            Field(name: "note", title: "备注", source: .path("note"), isWithheld: true),
        ])

    /// A record of the entry above.
    struct Shop {
        var code: String
        var name: String? = "店"
        var staff: Int? = 1
        var worth: String? = "10"
        var spot: (Double, Double)?
        var owner: String? = "430112199001011234"
        var note: String? = "内部"
        var isRemoved = false
        /// A JSON object of the values that were converted.
        var originals: String?
    }

    @discardableResult
    func register(_ entry: Entry = Workshop.shop) async throws -> Registration {
        try await store.register(entry, text: "\(entry)", who: "check", reason: "conformance")
    }

    func begin(
        _ entry: String = "shop", snapshot: Bool = true, rules: String = "1", in store: (any ExchangeStore)? = nil
    ) async throws -> RunTicket {
        try await (store ?? self.store).begin(
            RunOrder(entry: entry, trigger: .command, isSnapshot: snapshot, rules: rules))
    }

    /// A whole run, published.
    @discardableResult
    func publish(
        _ shops: [Shop], _ refusals: [Refusal] = [], snapshot: Bool = true, watermark: Watermark? = nil
    ) async throws -> Run {
        let ticket = try await begin(snapshot: snapshot)
        try await store.stage(Workshop.batch(shops, refusals), of: ticket, then: Position(page: 2))
        _ = try await assess(ticket)
        return try await store.publish(run: ticket.run.number, watermark: watermark, decision: nil)
    }

    /// Closes fetching, as a run does.
    func assess(_ ticket: RunTicket, in store: (any ExchangeStore)? = nil) async throws -> Difference {
        try await (store ?? self.store).index(ticket)
        return try await (store ?? self.store).assess(ticket)
    }

    static func batch(_ shops: [Shop], _ refusals: [Refusal] = []) -> RecordBatch {
        var writer = BatchWriter(columns: 7)
        for shop in shops {
            writer.begin(shop.code, isRemoved: shop.isRemoved)
            writer.text(shop.code)
            writer.text(shop.name)
            writer.integer(shop.staff)
            writer.text(shop.worth)
            writer.point(shop.spot)
            writer.text(shop.owner)
            writer.text(shop.note)
            writer.end()
            if let originals = shop.originals { writer.originals(originals) }
        }
        writer.batch.refusals = refusals
        return writer.batch
    }

    static func refusal(_ id: String?, raw: String = "{}") -> Refusal {
        Refusal(
            id: id, raw: raw, findings: [Finding(field: "name", rule: "required", message: "missing")],
            locator: SourceLocator(page: 1, record: 1))
    }

    // MARK: - What is served

    func collection(_ name: String = "shop") async throws -> CollectionState {
        guard let state = try await store.collection(name) else {
            throw StoreConformance.Violation(description: "collection \(name) is not there")
        }
        return state
    }

    func page(
        _ query: RecordQuery = RecordQuery(limit: 1_000), of name: String = "shop",
        disclosure: Disclosure = .everybody
    ) async throws -> RecordPage {
        try await store.page(
            QueryPlan(query, over: collection(name).collection, disclosure: disclosure))
    }

    /// The ids of a query, in its order.
    func ids(_ query: RecordQuery = RecordQuery(limit: 1_000), of name: String = "shop") async throws -> [String] {
        let page = try await page(query, of: name)
        return page.batch.heads.indices.map { page.batch.id($0) }
    }

    /// Everything that is served, as text: id and values.
    func contents(of name: String = "shop") async throws -> [String: [String?]] {
        let page = try await page(of: name, disclosure: .owner)
        return Workshop.contents(page)
    }

    static func contents(_ page: RecordPage) -> [String: [String?]] {
        var contents: [String: [String?]] = [:]
        for record in 0..<page.batch.count {
            contents[page.batch.id(record)] = page.fields.indices.map { page.batch.string(record, $0) }
        }
        return contents
    }
}

/// Writes records in normal form, as normalising would.
struct BatchWriter {
    var batch: RecordBatch
    private var start = 0

    init(columns: Int) { batch = RecordBatch(columns: columns) }

    mutating func begin(_ id: String, isRemoved: Bool = false) {
        let range = append(Array(id.utf8))
        let locator = SourceLocator(page: 1, record: Int32(batch.count + 1))
        batch.heads.append(
            RecordBatch.Head(id: range, hash: RecordBatch.Hash(), locator: locator, isRemoved: isRemoved))
        start = batch.cells.count
    }

    mutating func text(_ value: String?) {
        guard let value else { return batch.cells.append(.null) }
        let range = append(Array(value.utf8))
        batch.cells.append(RecordBatch.Cell(kind: .text, offset: range.lowerBound, length: range.count))
    }

    mutating func integer(_ value: Int?) {
        guard let value else { return batch.cells.append(.null) }
        batch.cells.append(RecordBatch.Cell(kind: .integer, payload: UInt64(bitPattern: Int64(value))))
    }

    mutating func point(_ value: (Double, Double)?) {
        guard let (x, y) = value else { return batch.cells.append(.null) }
        for corner in [x, y, x, y] { withUnsafeBytes(of: corner) { batch.bytes.append(contentsOf: $0) } }
        let range = append(Array("{\"type\":\"Point\",\"coordinates\":[\(x),\(y)]}".utf8))
        batch.cells.append(RecordBatch.Cell(kind: .place, offset: range.lowerBound, length: range.count))
    }

    /// Closes the record with a digest of its values.
    mutating func end() {
        var hash = Fingerprint()
        for cell in batch.cells[start...] {
            hash.add(cell.kind.rawValue)
            switch cell.kind {
            case .null: break
            case .integer: withUnsafeBytes(of: cell.payload) { hash.add($0) }
            case .text, .place: hash.add(batch.bytes[cell.range])
            }
        }
        batch.heads[batch.heads.count - 1].hash = RecordBatch.Hash(
            high: UInt64(truncatingIfNeeded: hash.value >> 64), low: UInt64(truncatingIfNeeded: hash.value))
    }

    /// Says what the closed record's values were before they were converted.
    mutating func originals(_ object: String) {
        let range = append(Array(object.utf8))
        batch.heads[batch.heads.count - 1].originals = range
    }

    private mutating func append(_ bytes: [UInt8]) -> Range<Int> {
        let start = batch.bytes.count
        batch.bytes.append(contentsOf: bytes)
        return start..<batch.bytes.count
    }
}
