import NIOCore

/// What a connection is at, and since when.
struct ConnectionClock {
    enum Phase {
        /// Nothing of a request has come.
        case idle
        /// A part of a head has come.
        case head
        /// The head has come and the body has not ended.
        case body
        /// Requests have come whole, and answers are due.
        case answering
    }

    private(set) var phase = Phase.idle
    private(set) var since = NIODeadline.now()
    /// When the answer that is being sent began; nil where none is.
    private(set) var answerSince: NIODeadline?
    /// Bytes that lay there to be sent when it was last looked at, and since when they have not become fewer.
    private var buffered = 0
    private var bufferedSince = NIODeadline.now()
    private var lookedAt = NIODeadline.now()

    mutating func enter(_ phase: Phase) {
        self.phase = phase
        since = .now()
    }

    /// Begins the phase anew, where its time has not been the caller's.
    mutating func excuse() { since = .now() }

    mutating func answerBegins() { answerSince = .now() }

    enum Verdict {
        case good
        /// The caller does not take its answer; nothing can be told any more.
        case stalled
        case idleTooLong
        case headTooSlow
        case bodyTooSlow
    }

    /// - Parameter bytes: how many lie there to be sent.
    mutating func look(_ bytes: Int, _ limits: ConnectionLimits) -> (verdict: Verdict, quietSince: NIODeadline?) {
        let now = NIODeadline.now()
        // Time in which the loop itself did not come to it is not the caller's.
        let lateness = now - lookedAt - limits.tick
        lookedAt = now
        if lateness > limits.tick {
            since = min(now, since + lateness)
            bufferedSince = min(now, bufferedSince + lateness)
        }
        if bytes == 0 || bytes != buffered { bufferedSince = now }
        buffered = bytes
        if bytes > 0 {
            let isLate = limits.answer.map { limit in answerSince.map { now - $0 > limit } ?? false } ?? false
            let isStalled = now - bufferedSince > limits.stall
            return (isLate || isStalled ? .stalled : .good, now == bufferedSince ? nil : bufferedSince)
        }
        if phase == .idle || phase == .head { answerSince = nil }
        switch phase {
        case .idle: return (now - since > limits.idle ? .idleTooLong : .good, since)
        case .head: return (now - since > limits.head ? .headTooSlow : .good, since)
        case .body: return (now - since > limits.body ? .bodyTooSlow : .good, nil)
        case .answering: return (.good, nil)
        }
    }
}
