import Filter
import Foundation
import Model
import SQLiteStore
import Store
import Synchronization
import Testing

/// What is true of the connections that collections are read over.
@Suite struct ReaderTests {
    private static let entry = StoreFile.entry("firm", [("code", .text), ("name", .text)], indexed: ["name"])

    private static func rows(_ count: Int) -> [[String]] { (0..<count).map { ["f\($0)", "名\($0 % 7)"] } }

    /// A query that looks at every record and finds none.
    private static func scan(_ reader: any CollectionReader) throws(Fault) {
        let query = RecordQuery(filter: .not(.compare(field: "name", .notEqual, .literal("nobody"))))
        let plan = try QueryPlan(query, over: reader.state.collection, disclosure: .everybody)
        _ = try reader.page(plan) { _ in true }
    }

    @Test func `a query is broken off when its time is up`() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish(Self.rows(20_000), as: Self.entry, in: store)
        let fault = await #expect(throws: Fault.self) {
            try await store.read("firm", within: 0.01) { reader throws(Fault) in
                Thread.sleep(forTimeInterval: 0.02)
                try Self.scan(reader)
            }
        }
        #expect(fault?.code == .storeBusy)
        #expect(fault?.message.contains("0.01 seconds") == true)
        // The same connection reads on.
        try await store.read("firm", within: 30) { reader throws(Fault) in try Self.scan(reader) }
        try await store.close()
    }

    @Test func `a query ends when nobody waits for it any more`() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish(Self.rows(20_000), as: Self.entry, in: store)
        let isReading = Atomic(false)
        let task = Task {
            try await store.read("firm", within: nil) { reader throws(Fault) in
                isReading.store(true, ordering: .releasing)
                for _ in 0..<10_000 { try Self.scan(reader) }
            }
        }
        while !isReading.load(ordering: .acquiring) { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        let fault = await #expect(throws: Fault.self) { try await task.value }
        #expect(fault?.code == .storeBusy)
        try await store.close()
    }

    @Test func `what is looked up by a key does not wait behind pages that take long`() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish(Self.rows(2_000), as: Self.entry, in: store)
        let busy = Busy()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { try await store.read("firm", within: nil) { _ in busy.work() } }
            }
            while busy.begun.load(ordering: .relaxed) < 4 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(try await store.collections().count == 1)
            #expect(try await store.history(of: "f1", in: "firm", disclosure: .everybody).count == 1)
            let changes = try await store.changes(
                in: "firm", after: 0, epoch: nil, limit: 10, disclosure: .everybody)
            #expect(changes.hasMore)
            #expect(try await store.lastRuns().count == 1)
            busy.isOver.store(true, ordering: .relaxed)
            try await group.waitForAll()
        }
        try await store.close()
    }

    @Test func `whatever callers ask ends when nobody waits for it any more`() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish(Self.rows(20_000), as: Self.entry, in: store)
        let asking: [@Sendable () async throws -> Void] = [
            { _ = try await store.changes(in: "firm", after: 0, epoch: nil, limit: 10_000, disclosure: .everybody) },
            { _ = try await store.history(of: "f1", in: "firm", disclosure: .everybody) },
            { _ = try await store.provenance(of: "f1", in: "firm") },
            { _ = try await store.collections() }, { _ = try await store.qualities() },
            { _ = try await store.runs(of: nil, limit: 10) }, { _ = try await store.registrations() },
        ]
        for ask in asking {
            let task = Task {
                try? await Task.sleep(for: .seconds(3600))
                try await ask()
            }
            task.cancel()
            let fault = await #expect(throws: Fault.self) { try await task.value }
            #expect(fault?.code == .storeBusy)
        }
        #expect(try await store.collections().count == 1)
        try await store.close()
    }

    @Test func `what another connection publishes is seen at once`() async throws {
        let file = try StoreFile()
        let store = try file.open()
        let other = try file.open()
        for round in 1...3 {
            try await StoreFile.publish([["a", "名\(round)"]], as: Self.entry, in: other)
            let name = try store.readAtOnce("firm") { reader throws(Fault) -> String in
                var name = ""
                _ = try reader.record("a", columns: [1], disclosure: .everybody) { row in
                    if case .text(let text) = row.values[0] { name = String(decoding: text, as: UTF8.self) }
                }
                return name
            }
            #expect(name == "名\(round)")
        }
        try await other.close()
        try await store.close()
    }

    @Test func `a new generation is read with its own fields`() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish([["a", "名"]], as: Self.entry, in: store)
        #expect(try await store.record("a", in: "firm", disclosure: .everybody)?.fields.count == 2)
        let wider = StoreFile.entry("firm", [("code", .text), ("name", .text), ("town", .text)], indexed: ["town"])
        try await StoreFile.publish([["a", "名", "城"]], as: wider, in: store)
        let page = try await store.record("a", in: "firm", disclosure: .everybody)
        #expect(page?.fields.map(\.name) == ["code", "name", "town"])
        #expect(page?.batch.string(0, 2) == "城")
        try await store.close()
    }

    @Test func `no more snapshots are kept than can be, and those given up make room`() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish(Self.rows(10), as: Self.entry, in: store)
        func keep() async throws -> (any KeptReader)? {
            try await store.read("firm", within: nil) { reader throws(Fault) in reader.keep() }
        }
        var kept: [any KeptReader] = []
        while let one = try await keep(), kept.count < 1_000 { kept.append(one) }
        #expect((8...100).contains(kept.count))
        kept.removeLast()
        kept.append(try #require(try await keep()))
        #expect(try await keep() == nil)
        kept = []
        #expect(try await keep() != nil)
        try await store.close()
    }

    @Test func `many readings at once are all answered`() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish(Self.rows(500), as: Self.entry, in: store)
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                group.addTask {
                    guard number % 2 == 0 else {
                        let page = try await store.record("f\(number)", in: "firm", disclosure: .everybody)
                        return page?.batch.count ?? 0
                    }
                    let query = RecordQuery(filter: .compare(field: "name", .equal, .literal("名\(number % 7)")))
                    let state = try #require(try await store.collection("firm"))
                    let plan = try QueryPlan(query, over: state.collection, disclosure: .everybody)
                    return try await store.page(plan).batch.count
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.filter { $0 == 1 }.count == 100)
        #expect(counts.filter { $0 > 60 }.count == 100)
        try await store.close()
        let fault = await #expect(throws: Fault.self) { try await store.read("firm", within: nil) { _ in } }
        #expect(fault?.code == .unavailable)
    }

    @Test(arguments: [(0.5, 2), (20.0, 1_500)])
    func `a box finds the same whether places are few or many`(width: Double, count: Int) async throws {
        let file = try StoreFile()
        let store = try file.open()
        let entry = Entry(
            name: "spot", title: "spot", department: "office",
            source: Entry.Source(system: "source", adapter: "http-json"), key: ["code"],
            fields: [
                Field(name: "code", title: "code", source: .path("code"), type: .text),
                Field(name: "place", title: "place", source: .path("place"), type: .point, crs: "OGC:CRS84"),
            ])
        try await Self.publishPlaces(1_500, as: entry, in: store)
        let box = BoundingBox(west: 100, south: 20, east: 100 + width / 100, north: 30)
        let state = try #require(try await store.collection("spot"))
        let plan = try QueryPlan(RecordQuery(box: box, limit: 1_000), over: state.collection, disclosure: .everybody)
        var page = try await store.page(plan)
        var ids = page.batch.heads.indices.map { page.batch.id($0) }
        while let next = page.next {
            let query = RecordQuery(box: box, limit: 1_000, cursor: next.text)
            page = try await store.page(QueryPlan(query, over: state.collection, disclosure: .everybody))
            ids += page.batch.heads.indices.map { page.batch.id($0) }
        }
        let expected = (0..<1_500).filter { Double($0) / 10_000 <= width / 100 }.map { "p\(1_000 + $0)" }
        #expect(ids.count >= count)
        #expect(ids == expected.sorted())
        try await store.close()
    }

    /// Places from 100° east, a ten thousandth of a degree apart.
    private static func publishPlaces(_ count: Int, as entry: Entry, in store: SQLiteStore) async throws {
        _ = try await store.register(entry, text: entry.name, who: "test", reason: "test")
        let ticket = try await store.begin(
            RunOrder(entry: entry.name, trigger: .command, isSnapshot: true, rules: "1"))
        var batch = RecordBatch(columns: 2)
        for number in 0..<count {
            let x = 100 + Double(number) / 10_000
            let start = batch.bytes.count
            batch.bytes += "p\(1_000 + number)".utf8
            let id = start..<batch.bytes.count
            batch.heads.append(
                RecordBatch.Head(
                    id: id, hash: .init(high: 1, low: UInt64(number)), locator: SourceLocator(page: 1, record: 1)))
            batch.cells.append(.init(kind: .text, offset: id.lowerBound, length: id.count))
            for corner in [x, 25, x, 25] { withUnsafeBytes(of: corner) { batch.bytes += $0 } }
            let place = #"{"type":"Point","coordinates":[\#(x),25]}"#
            batch.cells.append(.init(kind: .place, offset: batch.bytes.count, length: place.utf8.count))
            batch.bytes += place.utf8
        }
        try await store.stage(batch, of: ticket, then: Position())
        try await store.index(ticket)
        _ = try await store.assess(ticket)
        _ = try await store.publish(run: ticket.run.number, watermark: nil, decision: nil)
    }
}

/// Readings that take as long as they are told to.
private final class Busy: Sendable {
    let begun = Atomic(0)
    let isOver = Atomic(false)

    func work() {
        begun.add(1, ordering: .relaxed)
        while !isOver.load(ordering: .relaxed) { Thread.sleep(forTimeInterval: 0.001) }
    }
}
