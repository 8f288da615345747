import Foundation
import Model
import Synchronization
import Testing
import Transport

@testable import AdapterEngine

@Suite("What an answer says about itself")
struct VerdictTests {
    private func plan(_ more: [String: ParameterValue] = [:]) throws -> SourcePlan {
        try Fixture.plan(
            [
                "path": .text("/f"), "records": .text("rows"), "total_path": .text("total"), "paging": .text("page"),
                "page_size": .number(10),
            ].merging(more) { $1 })
    }

    private func read(_ source: Source, _ plan: SourcePlan) async throws(Fault) -> ([String], ReadingSummary?) {
        var ids: [String] = []
        let summary = try await SourceReading(now: { Fixture.now }).read(
            plan, from: Position(), send: { request throws(Fault) in try source.send(request) },
            emit: { batch, _ throws(Fault) in ids += (0..<batch.count).compactMap { batch.string($0, 0) } })
        return (ids, summary)
    }

    @Test("for an answer that is taken and not given yet is waited, as long as the source says")
    func notYet() async throws {
        let source = Source([:])
        source.pages["/f?page=1&size=10"] = [
            Source.Answer(status: 202, headers: [("Retry-After", "7")], body: "{}"),
            Source.Answer(status: 202, body: "{}"),
            Source.Answer(body: #"{"rows": [{"id": 1}], "total": 1}"#),
        ]
        let pauses = Mutex<[Double]>([])
        let reading = SourceReading(
            now: { Fixture.now }, pause: { seconds throws(Fault) in pauses.withLock { $0.append(seconds) } })
        let summary = try await reading.read(
            try plan(), from: Position(), send: { request throws(Fault) in try source.send(request) },
            emit: { _, _ throws(Fault) in })
        #expect(summary.records == 1)
        #expect(pauses.withLock { $0 } == [7, 2])
    }

    @Test("statuses without a whole body are no list", arguments: [204, 206, 304])
    func noBody(status: Int) async throws {
        let source = Source([:])
        source.pages["/f"] = [Source.Answer(status: status, body: "")]
        let fault = await #expect(throws: Fault.self) {
            try await read(source, try Fixture.plan(["path": .text("/f")]))
        }
        #expect(fault?.code == .sourceUnexpected)
    }

    @Test(
        "an error inside a 200 never looks like an empty list",
        arguments: [
            (#"{"code": "99", "msg": "no\u0000\u001b[31m right", "rows": []}"#, FaultCode.sourceSaidNo, "no[31m right"),
            (#"{"msg": "who are you?", "rows": []}"#, .sourceUnexpected, "no code: who are you?"),
            (#"{"code": null, "rows": []}"#, .sourceUnexpected, "no code"),
            (#"{"code": "00", "total": 7}"#, .sourceUnexpected, "promises 7 records"),
            (#"{"code": "00", "rows": "[{\"id\": 1}]"}"#, .sourceUnexpected, "at rows is no list of records"),
            (#"{"code": "00", "rows": 7}"#, .sourceUnexpected, "at rows is no list of records"),
            (#"{"code": "99", "msg": "busy", "rows": "none"}"#, .sourceSaidNo, "busy"),
            (#"{"code": "00", "total": "many", "rows": []}"#, .sourceUnexpected, "is no number: 'many'"),
            ("<html></html>", .sourceUnexpected, ""), ("{]", .sourceMalformed, ""),
        ])
    func verdicts(body: String, code: FaultCode, part: String) async throws {
        let judged = try plan(["success_path": .text("code"), "message_path": .text("msg")])
        let fault = await #expect(throws: Fault.self) { try await read(Source(["/f?page=1&size=10": body]), judged) }
        #expect(
            fault?.code == code || code == .sourceUnexpected && fault?.code == .sourceMalformed && body.hasPrefix("<"))
        #expect(part.isEmpty || fault?.message.contains(part) == true)
    }

    @Test(
        "an answer that says it succeeded may be empty",
        arguments: [#"{"code": 0, "rows": []}"#, #"{"code": 0, "rows": null}"#, #"{"code": 0, "total": 0}"#])
    func empty(body: String) async throws {
        let judged = try plan(["success_path": .text("code")])
        let (ids, summary) = try await read(Source(["/f?page=1&size=10": body]), judged)
        #expect(ids == [])
        #expect(summary?.records == 0)
    }

    @Test(
        "an empty error is none, and neither are false, an empty list and an empty object a next page",
        arguments: ["false", "[]", "{ }", "null", #""""#])
    func nothingSaid(value: String) async throws {
        let body = #"{"error": \#(value), "next": \#(value), "rows": [{"id": 1}], "total": 1.0}"#
        for strategy in ["cursor", "next"] {
            let led = try plan([
                "paging": .text(strategy), "cursor_path": .text("next"), "next_path": .text("next"),
                "failure_path": .text("error"),
            ])
            let (_, summary) = try await read(Source(["/f?size=10": body]), led)
            #expect(summary?.pages == 1 && summary?.records == 1 && summary?.promised == 1)
        }
    }

    @Test("a total that the source did not count promises nothing", arguments: [#""unknown""#, "-1", #""-1""#])
    func uncounted(total: String) async throws {
        let body = #"{"rows": [{"id": 1}], "total": \#(total)}"#
        let (_, summary) = try await read(Source(["/f": body]), try plan(["paging": .text("none")]))
        #expect(summary?.records == 1 && summary?.promised == nil)
    }

    @Test("a refusal's status and body are one answer, wherever the body says its code")
    func refusalByCode() async throws {
        let source = Source(["/f?page=1&size=10": #"{"code": 40011, "msg": "page size is invalid"}"#])
        source.pages["/f?page=1&size=10"]?[0].status = 400
        let judged = try plan(["success_path": .text("code"), "message_path": .text("msg")])
        let fault = await #expect(throws: Fault.self) { try await read(source, judged) }
        #expect(fault?.code == .sourceSaidNo && fault?.message.hasSuffix("'40011': page size is invalid") == true)
    }

    @Test("a source's words are cut, so that no record ends up in a log")
    func longWords() async throws {
        let words = String(repeating: "错", count: 500)
        let judged = try plan(["success_path": .text("code"), "message_path": .text("msg")])
        let fault = await #expect(throws: Fault.self) {
            try await read(Source(["/f?page=1&size=10": #"{"code": "1", "msg": "\#(words)"}"#]), judged)
        }
        #expect(fault.map { $0.message.count < 260 && $0.message.hasSuffix("…") } == true)
    }
}
