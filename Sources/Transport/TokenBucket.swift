/// Spaces requests evenly: one token fits in, so that even the first second holds no more than the rate.
struct TokenBucket {
    /// When the next token is there, in seconds of the clock that `take` is asked with.
    private var next = -Double.infinity

    /// Takes a token and says how many seconds to wait for it.
    mutating func take(at now: Double, perSecond rate: Double?) -> Double {
        guard let rate, rate > 0 else { return 0 }
        let granted = max(now, next)
        next = granted + 1 / rate
        return granted - now
    }
}
