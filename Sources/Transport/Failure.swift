import Model

/// Why one attempt gave no response, with what deciding on the next one needs to know.
struct Failure: Error {
    enum Stage: Equatable {
        /// The request never left: trying again can do no harm.
        case beforeSending
        /// The request may have been acted upon; no byte of a body came.
        case withoutAnswer
        /// The other side answered with this status.
        case status(Int)
        /// Ours to mend, or not to be tried again for another reason.
        case final
    }

    var fault: Fault
    let stage: Stage

    init(_ fault: Fault, _ stage: Stage = .final) {
        self.fault = fault
        self.stage = stage
    }

    func allowsRetry(isIdempotent: Bool) -> Bool {
        switch stage {
        case .beforeSending: fault.isRetryable
        case .withoutAnswer: fault.isRetryable && isIdempotent
        case .status(429): true
        case .status(let status): [408, 500, 502, 503, 504].contains(status) && isIdempotent
        case .final: false
        }
    }
}
