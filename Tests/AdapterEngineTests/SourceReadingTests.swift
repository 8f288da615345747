import Foundation
import Model
import Testing
import Transport

@testable import AdapterEngine

@Suite("Reading a source")
struct SourceReadingTests {
    private struct Batch: Equatable {
        var ids: [String]
        var locators: [String]
        var position: Position
    }

    private static func page(_ ids: ClosedRange<Int>, total: Int? = nil, next: String? = nil) -> String {
        let rows = ids.map { "{\"id\": \"r\($0)\", \"name\": \"number \($0)\"}" }.joined(separator: ", ")
        let total = total.map { ", \"total\": \($0)" } ?? ""
        let next = next.map { ", \"next\": \"\($0)\"" } ?? ""
        return "{\"rows\": [\(rows)]\(total)\(next)}"
    }

    private static let pages = [
        "/f?page=1&size=10": page(1...10, total: 25), "/f?page=2&size=10": page(11...20, total: 25),
        "/f?page=3&size=10": page(21...25, total: 25),
    ]

    private func plan(_ more: [String: ParameterValue] = [:]) throws -> SourcePlan {
        try Fixture.plan(
            [
                "path": .text("/f"), "records": .text("rows"), "total_path": .text("total"), "paging": .text("page"),
                "page_size": .number(10),
            ].merging(more) { $1 })
    }

    private func read(
        _ source: Source, _ plan: SourcePlan, from position: Position = Position(),
        limit: BatchLimit = BatchLimit(), batchesAtMost: Int = .max
    ) async throws -> (batches: [Batch], summary: ReadingSummary?) {
        var batches: [Batch] = []
        do throws(Fault) {
            let summary = try await SourceReading(limit: limit, now: { Fixture.now }).read(
                plan, from: position,
                send: { request throws(Fault) in try source.send(request) },
                emit: { batch, position throws(Fault) in
                    if batches.count >= batchesAtMost { throw Fault(.runCancelled, "killed") }
                    batches.append(
                        Batch(
                            ids: (0..<batch.count).compactMap { batch.string($0, 0) },
                            locators: batch.locators.map { "\($0.page):\($0.record)" }, position: position))
                })
            return (batches, summary)
        } catch {
            guard error.code == .runCancelled else { throw error }
            return (batches, nil)
        }
    }

    private let all = (1...25).map { "r\($0)" }

    @Test("pages accumulate into one batch, and the last position is the end of the last page")
    func oneBatch() async throws {
        let (batches, summary) = try await read(Source(Self.pages), try plan())
        #expect(batches.map(\.ids) == [all])
        #expect(batches[0].locators[10] == "2:1")
        #expect(batches[0].position == Position(page: 3, record: 5, token: "20@3", promised: 25))
        #expect(summary?.pages == 3)
        #expect(summary?.records == 25)
        #expect(summary?.promised == 25)
        #expect(Set(summary?.seconds.keys.map { $0 } ?? []) == ["fetch", "parse"])
    }

    @Test("a batch ends at the limit, within a page too")
    func limits() async throws {
        let (batches, _) = try await read(Source(Self.pages), try plan(), limit: BatchLimit(records: 4))
        #expect(batches.flatMap(\.ids) == all)
        #expect(batches.count > 5)
        #expect(batches.contains { $0.position.page == 1 && (1..<10).contains($0.position.record) })
        let bytes = try await read(Source(Self.pages), try plan(), limit: BatchLimit(bytes: 60)).batches
        #expect(bytes.flatMap(\.ids) == all)
        #expect(bytes.count > 3)
    }

    @Test("a run killed after any batch resumes there and repeats nothing", arguments: [1, 3, 4, 7, 12])
    func resume(limit: Int) async throws {
        let undisturbed = try await read(Source(Self.pages), try plan(), limit: BatchLimit(records: limit)).batches
        for kills in 1..<undisturbed.count {
            let before = try await read(
                Source(Self.pages), try plan(), limit: BatchLimit(records: limit), batchesAtMost: kills
            ).batches
            let position = try #require(before.last?.position)
            let source = Source(Self.pages)
            let after = try await read(source, try plan(), from: position, limit: BatchLimit(records: limit))
            #expect(before.flatMap(\.ids) + after.batches.flatMap(\.ids) == all)
            #expect(before.flatMap(\.locators) + after.batches.flatMap(\.locators) == undisturbed.flatMap(\.locators))
            #expect(source.asked.first == "/f?page=\(position.page)&size=10")
            #expect(after.summary?.promised == 25)
            #expect(after.batches.last?.position == undisturbed.last?.position)
        }
    }

    @Test("a run whose last batch was taken resumes to nothing more")
    func resumeAtEnd() async throws {
        let end = try #require(try await read(Source(Self.pages), try plan()).batches.last?.position)
        let after = try await read(Source(Self.pages), try plan(), from: end)
        #expect(after.batches.flatMap(\.ids) == [])
        #expect(after.summary?.pages == 1)
    }

    @Test("cursors resume too")
    func resumeCursor() async throws {
        let pages = ["/f": Self.page(1...10, next: "x y"), "/f?cursor=x%20y": Self.page(11...14)]
        let cursor = try plan(["paging": .text("cursor"), "cursor_path": .text("next"), "size_parameter": .text("")])
        let first = try await read(Source(pages), cursor, limit: BatchLimit(records: 11), batchesAtMost: 1).batches
        let staged = first.flatMap(\.ids).count
        #expect((11..<14).contains(staged))
        #expect(first.last?.position == Position(page: 2, record: staged - 10, token: "10@x y"))
        let source = Source(pages)
        let rest = try await read(source, cursor, from: try #require(first.last?.position))
        #expect(source.asked == ["/f?cursor=x%20y"])
        #expect(rest.batches.flatMap(\.ids) == (1...14).dropFirst(staged).map { "r\($0)" })
    }

    @Test("a page that breaks off is asked for again, and nothing comes twice", arguments: [1, 3, 100])
    func truncated(limit: Int) async throws {
        for bytes in [0, 1, 40, 200, 300] {
            let source = Source(Self.pages)
            let whole = Self.page(11...20, total: 25)
            source.pages["/f?page=2&size=10"] = [
                Source.Answer(body: whole, breaksAfter: bytes), Source.Answer(body: whole, breaksAfter: bytes / 2),
                Source.Answer(body: whole),
            ]
            let (batches, summary) = try await read(source, try plan(), limit: BatchLimit(records: limit))
            #expect(batches.flatMap(\.ids) == all, "after \(bytes) bytes")
            #expect(summary?.pages == 3)
            #expect(source.asked.count == 5)
        }
    }

    @Test("a page that always breaks off fails the reading, which says where")
    func alwaysTruncated() async throws {
        let source = Source(Self.pages)
        source.pages["/f?page=2&size=10"] = [Source.Answer(body: Self.page(11...20), breaksAfter: 100)]
        let fault = await #expect(throws: Fault.self) { try await read(source, try plan()) }
        #expect(fault?.code == .sourceTruncated)
        #expect(fault?.context["page"] == "2")
        #expect(source.asked.count == 1 + 1 + PageReading.standardRetries)
    }

    @Test("a body that ends too early without a word of the transport is asked for again as well")
    func cutBody() async throws {
        let source = Source(Self.pages)
        let whole = Self.page(1...10, total: 25)
        source.pages["/f?page=1&size=10"] = [
            Source.Answer(body: String(whole.prefix(150))), Source.Answer(body: whole),
        ]
        #expect(try await read(source, try plan()).batches.flatMap(\.ids) == all)
    }

    @Test("an unmodified source hands over nothing and keeps its validators")
    func notModified() async throws {
        let source = Source([:])
        source.pages["/f"] = [Source.Answer(status: 304, body: "")]
        let plan = try Fixture.plan(
            ["path": .text("/f"), "conditional": .flag(true)], watermark: Watermark(etag: "\"1\"", version: 2),
            version: 2)
        let (batches, summary) = try await read(source, plan)
        #expect(batches == [])
        #expect(summary?.notModified == true)
        #expect(summary?.etag == "\"1\"")
    }

    @Test("validators of a new answer are handed back")
    func validators() async throws {
        let source = Source([:])
        source.pages["/f"] = [
            Source.Answer(headers: [("ETag", "\"2\""), ("Last-Modified", "yesterday")], body: "[{\"id\": 1}]")
        ]
        let on = try Fixture.plan(["path": .text("/f"), "conditional": .flag(true)], version: 2)
        let summary = try await read(source, on).summary
        #expect(summary?.etag == "\"2\"" && summary?.lastModified == "yesterday")
        let off = try await read(source, try Fixture.plan(["path": .text("/f")], version: 2)).summary
        #expect(off?.etag == nil)
    }

    @Test("a fault names the page and the system, and no secret of the address")
    func placeOfFault() async throws {
        let plan = try Fixture.plan(
            ["path": .text("/none")], credential: .apiKey(secret: "key", placement: .query, name: "k"))
        let fault = await #expect(throws: Fault.self) { try await read(Source([:]), plan) }
        #expect(fault?.context == ["page": "1", "request": "http://core.test/api"])
    }

    /// A source that keeps track of changes, and names the place where they begin at `then`.
    private func tracked(_ watermark: Watermark?, snapshot: Bool = false, strategy: String = "cursor") throws
        -> SourcePlan
    {
        var manifest = try Fixture.manifest("http-json")
        manifest.incrementalSync.resume = "/then"
        return try SourcePlan(
            entry: Fixture.entry(
                [
                    "path": .text("/f"), "records": .text("rows"), "paging": .text(strategy), "page_size": .number(10),
                    "cursor_path": .text("next"),
                ], delivery: .delta(Entry.Delta(parameter: "", field: ""))),
            system: SourceSystem(name: "core", title: "Core", base: "http://core.test/api"), manifest: manifest,
            secrets: Secrets { _ in nil }, watermark: watermark, version: 1, snapshot: snapshot)
    }

    @Test("changes begin where the last publication ended, unless everything is wanted")
    func tracking() async throws {
        let source = Source([
            "/f?size=10": #"{"rows": [{"id": "a"}], "next": "p2"}"#,
            "/f?cursor=p2&size=10": #"{"rows": [{"id": "b"}], "then": "w7"}"#,
            "/f?cursor=w7&size=10": #"{"rows": [], "then": "w8"}"#,
        ])
        let known = Watermark(version: 1, state: "w7")
        #expect(try await read(source, try tracked(nil)).summary?.state == "w7")
        #expect(try await read(source, try tracked(known)).summary?.state == "w8")
        #expect(try await read(source, try tracked(known, snapshot: true)).summary?.records == 2)
        #expect(
            source.asked == [
                "/f?size=10", "/f?cursor=p2&size=10", "/f?cursor=w7&size=10", "/f?size=10", "/f?cursor=p2&size=10",
            ])
        let lost = await #expect(throws: Fault.self) {
            try await read(Source([:]), try tracked(Watermark(version: 1, state: "w1")))
        }
        #expect(lost?.advice?.contains("--snapshot") == true)
        #expect(throws: Fault.self) { try tracked(nil, strategy: "page") }
    }

    @Test("pages by key go on after the last record, also where a run was killed between two chunks of it")
    func keyset() async throws {
        let pages = [
            "/f?size=10": Self.page(1...10), "/f?after=r10&size=10": Self.page(11...14),
            "/f?after=r14&size=10": #"{"rows": []}"#,
        ]
        let keyed = try plan([
            "paging": .text("keyset"), "key_path": .text("id"), "cursor_parameter": .text("after"),
            "total_path": .text("none"),
        ])
        let (batches, _) = try await read(Source(pages), keyed)
        #expect(batches.flatMap(\.ids) == (1...14).map { "r\($0)" })
        let limit = BatchLimit(records: 3)
        for kill in 1...5 {
            let (first, _) = try await read(Source(pages), keyed, limit: limit, batchesAtMost: kill)
            let (rest, _) = try await read(Source(pages), keyed, from: try #require(first.last?.position), limit: limit)
            #expect((first + rest).flatMap(\.ids) == (1...14).map { "r\($0)" }, "killed after \(kill)")
        }
        let unread = #expect(throws: Fault.self) {
            try plan(["paging": .text("keyset"), "key_path": .text("number")])
        }
        #expect(unread?.message.contains("no field is read from") == true)
        let keyless = await #expect(throws: Fault.self) {
            try await read(Source(["/f?size=10": #"{"rows": [{"id": null, "name": "x"}]}"#]), keyed)
        }
        #expect(keyless?.code == .sourceUnexpected)
    }

    @Test("a preview reads one page")
    func preview() async throws {
        let source = Source(Self.pages)
        var ids = 0
        let summary = try await SourceReading(pagesAtMost: 1).read(
            try plan(), from: Position(), send: { request throws(Fault) in try source.send(request) },
            emit: { batch, _ throws(Fault) in ids += batch.count })
        #expect(ids == 10 && summary.pages == 1 && source.asked.count == 1)
    }
}
