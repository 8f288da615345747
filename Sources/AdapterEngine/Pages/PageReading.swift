import Foundation
import Model
import Parsing
import Transport

/// Asks a source page by page: the one loop for everything that is read over HTTP.
struct PageReading: Sendable {
    let limit: BatchLimit
    let pagesAtMost: Int?
    let now: @Sendable () -> Date
    let pause: @Sendable (Double) async throws(Fault) -> Void

    /// Times that a page which broke off, or says that it may come later, is asked for again from its start; records met
    /// before are skipped then.
    static let standardRetries = 3
    var retries = standardRetries
    /// Seconds that a source may have us wait for a page.
    static let longestPause = 60.0

    typealias Send = (Request) async throws(Fault) -> Response
    typealias Emit = SourceReading.Emit

    func read(
        _ plan: PagePlan, from position: Position, send: Send, emit: Emit
    ) async throws(Fault) -> ReadingSummary {
        let start = SourceTime(epoch: Int(now().timeIntervalSince1970))
        var course = try Course(plan, from: position, at: start)
        var tokens = AccessTokens(plan.requests.authenticator.tokens)
        do {
            return try await read(&course, &tokens, send: send, emit: emit)
        } catch {
            // What a source says may be what it was told.
            throw Redaction(plan.requests.authenticator.secrets + tokens.secrets)(error)
        }
    }

    private func read(
        _ course: inout Course, _ tokens: inout AccessTokens, send: Send, emit: Emit
    ) async throws(Fault) -> ReadingSummary {
        if course.asksForTotal { course.walk.promise(try await total(course, &tokens, send: send)) }
        var goesOn = true
        while goesOn {
            let answer: PageWalk.Outcome?
            do {
                answer = try await page(&course, &tokens, send: send, emit: emit)
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
        _ course: inout Course, _ tokens: inout AccessTokens, send: Send, emit: Emit
    ) async throws(Fault) -> PageWalk.Outcome? {
        var attempt = 0
        var isRenewed = false
        while true {
            do throws(Verdict.Refusal) {
                return try await attemptPage(&course, &tokens, send: send, emit: emit)
            } catch {
                // A token may end before its time: where somebody else logs in, or is logged out.
                if error.wantsToken, tokens.canRenew, !isRenewed {
                    isRenewed = true
                    tokens.forget()
                    course.harvest.startPageAgain()
                    continue
                }
                guard error.mayPass, attempt < retries else { throw course.explained(error.fault) }
                attempt += 1
                if error.fault.code != .sourceTruncated {
                    try await pause(
                        max(0.5 * Double(1 << attempt), min(error.fault.retryAfter ?? 0, Self.longestPause)))
                }
                course.harvest.startPageAgain()
            }
        }
    }

    private func attemptPage(
        _ course: inout Course, _ tokens: inout AccessTokens, send: Send, emit: Emit
    ) async throws(Verdict.Refusal) -> PageWalk.Outcome? {
        let (response, values) = try await answer(&course, &tokens, send: send, emit: emit)
        guard let values else { return nil }
        guard let refusal = response.refusal else { return try course.judge(values, response.head) }
        let mayPass = mayPass(response, course.plan)
        do {
            // The body may say it better than the status does.
            let verdict = Verdict(plan: course.plan.answer, values: values, records: course.harvest.parsed)
            try verdict.checkFailure()
            try verdict.checkNoRefusal()
        } catch {
            throw Verdict.Refusal(
                fault: error.fault, mayPass: error.mayPass || mayPass, wantsToken: error.wantsToken)
        }
        throw Verdict.Refusal(fault: refusal, mayPass: mayPass)
    }

    /// Whether a failure on the source's side may pass: where no list of failures says which do, a status from 500 on does
    /// (RFC 9110 §15.6). The transport does not ask again where the body is to be read.
    private func mayPass(_ response: Response, _ plan: PagePlan) -> Bool {
        response.refusal != nil && response.head.status >= 500 && plan.answer.success.transient.isEmpty
    }

    /// The answer to the page's request, and what it says around its records; nothing where nothing was modified.
    private func answer(
        _ course: inout Course, _ tokens: inout AccessTokens, send: Send, emit: Emit
    ) async throws(Verdict.Refusal) -> (Response, DocumentValues?) {
        var stopwatch = Stopwatch()
        let (plan, request) = (course.plan, course.request)
        let response: Response
        do {
            response = try await ask(plan, &tokens, send: send, request)
            course.summary.seconds["fetch", default: 0] += stopwatch.lap()
        } catch {
            // What the transport gave up was tried again there.
            throw Verdict.Refusal(fault: error)
        }
        do {
            guard try course.accept(response.head) else { return (response, nil) }
        } catch {
            throw Verdict.Refusal(fault: error, mayPass: error.code == .sourceBusy)
        }
        do {
            return (response, try await readBody(of: response, &course, emit: emit))
        } catch {
            let fault = response.refusal ?? error
            throw Verdict.Refusal(fault: fault, mayPass: fault.code == .sourceTruncated || mayPass(response, plan))
        }
    }

    private func readBody(
        of response: Response, _ course: inout Course, emit: Emit
    ) async throws(Fault) -> DocumentValues {
        let parser = try course.plan.answer.makeParser(
            page: course.walk.page.ordinal, contentType: response.head.headers["content-type"])
        var stopwatch = Stopwatch()
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
        return values
    }

    /// Sends a request with what proves who asks; an access token that is not accepted is asked for again, once.
    private func ask(
        _ plan: PagePlan, _ tokens: inout AccessTokens, send: Send, _ request: (Proof) -> Request
    ) async throws(Fault) -> Response {
        let authenticator = plan.requests.authenticator
        let moment = now()
        let time = SourceTime(epoch: Int(moment.timeIntervalSince1970))
        let token = try await tokens.token(at: moment, send: send)
        do {
            return try await send(request(authenticator.proof(at: time, token: token)))
        } catch {
            guard error.code == .sourceUnauthorized, token != nil else { throw error }
            tokens.forget()
            let fresh = try await tokens.token(at: moment, send: send)
            return try await send(request(authenticator.proof(at: time, token: fresh)))
        }
    }

    /// The number of all records, where the source answers a request for it; a source that answers otherwise promises
    /// nothing.
    private func total(
        _ course: Course, _ tokens: inout AccessTokens, send: Send
    ) async throws(Fault) -> Int? {
        let plan = course.plan
        let response = try await ask(plan, &tokens, send: send) {
            plan.requests.totalRequest(now: course.now, proof: $0)
        }
        let values: DocumentValues
        do {
            values = try await countedBody(of: response, plan.counting)
        } catch {
            throw response.refusal ?? error
        }
        let total: Int?
        do throws(Verdict.Refusal) {
            let verdict = Verdict(plan: plan.counting, values: values, records: 0)
            total = try verdict.checkFailure() ? 0 : verdict.total()
        } catch {
            throw error.fault
        }
        if let refusal = response.refusal { throw refusal }
        return total
    }

    /// What an answer says around its records, which are not kept.
    private func countedBody(of response: Response, _ plan: AnswerPlan) async throws(Fault) -> DocumentValues {
        let parser = try plan.makeParser(page: 1, contentType: response.head.headers["content-type"])
        var records = RawBatch(columns: plan.specification.columns.count)
        var chunks = response.body.makeAsyncIterator()
        while let chunk = try await chunks.next() {
            try parser.feed(chunk, into: &records)
            records.removeAll()
        }
        return try parser.finish(into: &records)
    }
}
