import Model

/// Asks other systems over HTTP, and reads files, here and on servers of files, as if they had answered. The only network of the exchange.
///
/// One thread carries all transfers; `send` may be called from any number of tasks. Every address is checked against the
/// policy when it is connected to, redirects are followed only where the request allows, failures that may pass are
/// tried again, each system is asked at its own pace, and one that keeps failing is left alone for a while.
public final class Transport: Sendable {
    private let policy: OutboundPolicy
    private let timing: Timing
    private let turnstile: Turnstile
    private let breakers: Circuits
    private let traffic = Traffic()
    private let inbox: Inbox

    public init(policy: OutboundPolicy, timing: Timing = .system, circuit: CircuitPolicy = CircuitPolicy()) {
        self.policy = policy
        self.timing = timing
        turnstile = Turnstile(timing: timing)
        breakers = Circuits(circuit, timing: timing)
        inbox = CurlLoop.start()
    }

    deinit { inbox.close() }

    /// Sends the request and returns at the first byte of an answer worth reading: 2xx, or 304.
    ///
    /// - Throws: `source.…` with what happened, where and what to do; `run.cancelled` when the task is cancelled.
    public func send(_ request: Request) async throws(Fault) -> Response {
        let hop = try Hop(request)
        try policy.check(scheme: hop.location.scheme)
        if hop.location.scheme == "file" { return counted(try local(request, at: hop.location), of: hop) }
        if hop.location.isOfFiles { try FileServer(hop).check() }
        let pass = try pass(hop)
        var attempt = 1
        while true {
            do {
                return counted(try await follow(hop, pass), of: hop)
            } catch {
                let pause = request.retry.pause(
                    after: error, attempt: attempt, isIdempotent: request.isIdempotent, random: timing.random())
                guard let pause, pass?.isProbe != true else {
                    pass?.failed(error.fault, attempts: attempt)
                    throw error.fault.at(["attempt": String(attempt)])
                }
                try await wait(pause)
                traffic.count(pace(hop).system) { $0.retries += 1 }
                attempt += 1
            }
        }
    }

    /// The systems whose last attempts failed, by name.
    public var circuits: [CircuitStatus] { breakers.states }

    /// What was asked of each system so far, by name.
    public var activity: [String: SystemActivity] { traffic.all }

    /// Ends all transfers with a fault, takes no more, and returns when the thread is gone.
    public func shutdown() async {
        inbox.close()
        await inbox.ended()
    }

    private func local(_ request: Request, at location: Location) throws(Fault) -> Response {
        request.method == "LIST"
            ? try LocalFolder(location, policy: policy).response(to: request)
            : try LocalFile(location, policy: policy).response(to: request)
    }

    private func wait(_ seconds: Double) async throws(Fault) {
        do { try await timing.sleep(seconds) } catch { throw .cancelled }
    }

    private func counted(_ response: Response, of hop: Hop) -> Response {
        let system = pace(hop).system
        traffic.count(system) { $0.answers += 1 }
        let body = Body { [traffic] () async throws(Fault) in
            let chunk = try await response.body.pull()
            if let chunk { traffic.count(system) { $0.bytes += chunk.count } }
            return chunk
        }
        return Response(head: response.head, body: body, refusal: response.refusal)
    }

    /// Our own sockets have no circuit.
    private func pass(_ hop: Hop) throws(Fault) -> CircuitPass? {
        guard hop.request.unixSocket == nil else { return nil }
        return try breakers.enter(pace(hop).system, insists: hop.request.ignoresCircuit, place: hop.place)
    }

    private func follow(_ first: Hop, _ pass: CircuitPass?) async throws(Failure) -> Response {
        var hop = first
        while true {
            let (head, channel) = try await ask(hop)
            if Hop.isRedirect(head.status) {
                do { hop = try hop.redirected(by: head) } catch { throw Failure(error) }
                continue
            }
            // What answers on a socket file of ours says in the body what is wrong.
            let failure = hop.request.unixSocket == nil ? StatusJudgement(hop: hop, timing: timing).failure(head) : nil
            if let failure, !hop.request.readableStatuses.contains(head.status) { throw failure }
            if let failure, failure.fault.isRetryable { pass?.failed(failure.fault) }
            pass?.begun()
            return try response(head, channel, hop, pass, refusal: failure?.fault)
        }
    }

    private func ask(_ hop: Hop) async throws(Failure) -> (ResponseHead, TransferChannel) {
        let pace = self.pace(hop)
        traffic.count(pace.system) { $0.requests += 1 }
        do { try await turnstile.enter(pace) } catch { throw Failure(error) }
        let channel = TransferChannel(inbox: inbox)
        let order = Order(hop: hop, policy: policy, channel: channel) { [turnstile] in turnstile.leave(pace) }
        if !inbox.post(.start(order)) { order.fail(.shutDown) }
        return (try await channel.head(), channel)
    }

    /// Nobody else asks through a socket file of ours, and a host without a pace gets a modest one.
    private func pace(_ hop: Hop) -> Pace {
        if let pace = hop.request.pace { return pace }
        if let socket = hop.request.unixSocket { return Pace(system: socket, concurrency: .max) }
        return Pace(system: "\(hop.location.host):\(hop.location.port)", concurrency: 4)
    }

    private func response(
        _ head: ResponseHead, _ channel: TransferChannel, _ hop: Hop, _ pass: CircuitPass?, refusal: Fault?
    ) throws(Failure) -> Response {
        do {
            let reader = try BodyReader(
                channel, coding: head.headers["content-encoding"], place: hop.place,
                limit: hop.request.limits.bodyBytes)
            // A body keeps its transport: dropping the last reference elsewhere does not cut it off.
            let body = Body { () async throws(Fault) in
                defer { withExtendedLifetime(self) {} }
                do throws(Fault) {
                    let chunk = try await reader.next()
                    if chunk == nil { pass?.answered() }
                    return chunk
                } catch {
                    pass?.failed(error)
                    throw error
                }
            }
            return Response(head: head, body: body, refusal: refusal)
        } catch {
            throw Failure(error)
        }
    }
}
