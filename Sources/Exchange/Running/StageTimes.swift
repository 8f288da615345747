/// Seconds spent in the stages of a run.
struct StageTimes: Sendable {
    private(set) var seconds: [String: Double] = [:]

    /// Adds what a stage took.
    mutating func add(_ stage: String, _ duration: Duration) { add(stage, seconds: duration.inSeconds) }

    mutating func add(_ stage: String, seconds more: Double) { seconds[stage, default: 0] += more }

    /// Adds another's.
    mutating func add(_ other: [String: Double]) { seconds.merge(other, uniquingKeysWith: +) }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
