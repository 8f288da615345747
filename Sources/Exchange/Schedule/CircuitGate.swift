import Model

/// Which systems runs may start against, by their circuits.
struct CircuitGate {
    private var shut: Set<String>
    /// Systems that one run may start against, to see whether they are well.
    private var narrow: Set<String>

    /// - Parameter running: the systems of runs under way.
    init(_ circuits: [CircuitStatus], running: [String]) {
        shut = Set(circuits.filter { $0.state == .open }.map(\.system))
        narrow = Set(circuits.filter { $0.state == .halfOpen }.map(\.system))
        shut.formUnion(narrow.intersection(running))
    }

    /// Lets a run pass where it may.
    mutating func passes(_ system: String) -> Bool {
        guard !shut.contains(system) else { return false }
        if narrow.contains(system) { shut.insert(system) }
        return true
    }
}
