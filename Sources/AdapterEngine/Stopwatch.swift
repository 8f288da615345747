/// Seconds from lap to lap.
struct Stopwatch {
    private var began = ContinuousClock.now

    mutating func start() { began = .now }

    mutating func lap() -> Double {
        let now = ContinuousClock.now
        let duration = now - began
        began = now
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
