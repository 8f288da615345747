import Foundation
import Model
import Parsing
import Transport

/// Asks a source page by page: the one loop for everything that is read over HTTP.
struct PageReading: Sendable {
    let limit: BatchLimit
    let pagesAtMost: Int?
    let now: @Sendable () -> Date

    /// Times that a page which broke off is asked for again, from its start; records met before are skipped then.
    static let retries = 3

    func read(
        _ plan: PagePlan, from position: Position, send: (Request) async throws(Fault) -> Response,
        emit: (RawBatch, Position) async throws(Fault) -> Void
    ) async throws(Fault) -> ReadingSummary {
        var course = try Course(plan, from: position)
        var goesOn = true
        while goesOn {
            let answer: PageWalk.Outcome?
            do {
                answer = try await page(&course, send: send, emit: emit)
            } catch {
                throw error.at(["page": String(course.walk.page.ordinal), "request": course.place])
            }
            guard let answer else { return course.summary }
            course.summary.pages += 1
            goesOn = try course.turn(answer)
            if course.summary.pages == pagesAtMost { goesOn = false }
            if goesOn, course.harvest.isDue(limit) { try await course.hand(over: emit) }
        }
        try await course.hand(over: emit)
        course.summary.promised = course.walk.promised
        return course.summary
    }

    /// One page, asked for again where it broke off; nil where the source says that nothing changed.
    private func page(
        _ course: inout Course, send: (Request) async throws(Fault) -> Response,
        emit: (RawBatch, Position) async throws(Fault) -> Void
    ) async throws(Fault) -> PageWalk.Outcome? {
        var attempt = 0
        while true {
            do {
                return try await attemptPage(&course, send: send, emit: emit)
            } catch {
                guard error.code == .sourceTruncated, attempt < Self.retries else { throw error }
                attempt += 1
                course.harvest.startPageAgain()
            }
        }
    }

    private func attemptPage(
        _ course: inout Course, send: (Request) async throws(Fault) -> Response,
        emit: (RawBatch, Position) async throws(Fault) -> Void
    ) async throws(Fault) -> PageWalk.Outcome? {
        var stopwatch = Stopwatch()
        let request = course.request(at: SourceTime(epoch: Int(now().timeIntervalSince1970)))
        let response = try await send(request)
        course.summary.seconds["fetch", default: 0] += stopwatch.lap()
        guard try course.accept(response.head) else { return nil }
        let parser = try course.plan.answer.makeParser(
            page: course.walk.page.ordinal, contentType: response.head.headers["content-type"])
        var chunks = response.body.makeAsyncIterator()
        while true {
            stopwatch.start()
            let chunk = try await chunks.next()
            course.summary.seconds["fetch", default: 0] += stopwatch.lap()
            guard let chunk else { break }
            try course.harvest.feed(chunk, to: parser)
            course.summary.seconds["parse", default: 0] += stopwatch.lap()
            if course.harvest.isFull(limit) { try await course.hand(over: emit) }
        }
        stopwatch.start()
        let values = try course.harvest.finish(parser)
        course.summary.seconds["parse", default: 0] += stopwatch.lap()
        return try course.judge(values)
    }
}
