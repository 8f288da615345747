import Foundation
import Model
import Parsing
import Transport

/// Reads a source page by page, and hands over its records in bounded batches with the position that follows each.
///
/// The one loop for all adapters: how pages are asked for and read is in the plan, what becomes of the records is the
/// receiver's. Parsing happens in the task that calls, while the transport fetches what comes next.
public struct SourceReading: Sendable {
    public var limit: BatchLimit
    /// Pages to read at most, for a preview; nil for all.
    public var pagesAtMost: Int?
    private let now: @Sendable () -> Date

    /// Times that a page which broke off is asked for again, from its start; records met before are skipped then.
    static let retries = 3

    /// - Parameter now: the clock that signatures are made by.
    public init(
        limit: BatchLimit = BatchLimit(), pagesAtMost: Int? = nil, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.limit = limit
        self.pagesAtMost = pagesAtMost
        self.now = now
    }

    /// Asks page by page from `position`, parses, and hands over bounded batches with the position that follows them.
    ///
    /// A source without records hands over one empty batch, so that the last position always arrives; an unmodified one
    /// hands over nothing.
    ///
    /// - Throws: what `send` and `emit` throw; of its own `source.said-no`, `source.unexpected`, `source.endless` and what a
    ///   parser says of a body.
    public func read(
        _ plan: SourcePlan, from position: Position, send: (Request) async throws(Fault) -> Response,
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
            if goesOn, course.isDue(limit) { try await course.hand(over: emit) }
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
                course.startPageAgain()
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
        let parser = try course.makeParser(contentType: response.head.headers["content-type"])
        var chunks = response.body.makeAsyncIterator()
        while true {
            stopwatch.start()
            let chunk = try await chunks.next()
            course.summary.seconds["fetch", default: 0] += stopwatch.lap()
            guard let chunk else { break }
            try course.feed(chunk, to: parser)
            course.summary.seconds["parse", default: 0] += stopwatch.lap()
            if course.isFull(limit) { try await course.hand(over: emit) }
        }
        stopwatch.start()
        let values = try course.finish(parser)
        course.summary.seconds["parse", default: 0] += stopwatch.lap()
        return try course.judge(values)
    }
}

/// Seconds from lap to lap.
private struct Stopwatch {
    private var began = ContinuousClock.now

    mutating func start() { began = .now }

    mutating func lap() -> Double {
        let now = ContinuousClock.now
        let duration = now - began
        began = now
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
