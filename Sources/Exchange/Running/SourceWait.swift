import Model
import Synchronization
import Transport

/// How long a run has been waiting for its source to say something.
final class SourceWait: Sendable {
    private let since = Mutex<ContinuousClock.Instant?>(nil)

    /// Whether the source has been silent for longer.
    func isLonger(than patience: Duration) -> Bool {
        since.withLock { $0 }.map { ContinuousClock.now - $0 > patience } ?? false
    }

    /// Notes while `work` waits for the source.
    func during<Result>(_ work: () async throws(Fault) -> Result) async throws(Fault) -> Result {
        since.withLock { $0 = .now }
        defer { since.withLock { $0 = nil } }
        return try await work()
    }
}

extension Facilities {
    /// The same, asking as a run does.
    ///
    /// - Parameters:
    ///   - wait: notes while the run waits for its source.
    ///   - insists: whether a system that is left alone is asked nevertheless.
    func asking(_ wait: SourceWait, insists: Bool) -> Facilities {
        let send = send
        return Facilities(
            store: store, catalogue: catalogue, secrets: secrets,
            send: { request throws(Fault) in
                var request = request
                request.ignoresCircuit = insists
                let asked = request
                let response = try await wait.during { () async throws(Fault) in try await send(asked) }
                let body = response.body
                return Response(
                    head: response.head,
                    body: Body { () async throws(Fault) in
                        try await wait.during { () async throws(Fault) in
                            var chunks = body.makeAsyncIterator()
                            return try await chunks.next()
                        }
                    }, refusal: response.refusal)
            }, programs: programs, circuits: circuits, traffic: traffic, scratch: scratch, now: now, pause: pause)
    }
}
