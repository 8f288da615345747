/// Who may run beside whom: so many runs in all, and so many against one system.
struct Lanes: Sendable {
    private let limit: Int
    private var total = 0
    private var systems: [String: Int] = [:]

    init(limit: Int) { self.limit = max(limit, 1) }

    /// Whether nobody more may run, whatever the system.
    ///
    /// - Parameter lent: runs whose lanes are lent to others.
    func isFull(lent: Int) -> Bool { total - lent >= limit }

    /// Takes a lane where one is free.
    ///
    /// - Parameter lent: runs whose lanes are lent to others, since they do nothing but wait for their sources.
    mutating func enter(_ system: String, limit systemLimit: Int, lent: Int = 0) -> Bool {
        guard !isFull(lent: lent), systems[system, default: 0] < max(systemLimit, 1) else { return false }
        total += 1
        systems[system, default: 0] += 1
        return true
    }

    /// Gives a lane back.
    mutating func leave(_ system: String) {
        total -= 1
        systems[system, default: 1] -= 1
    }
}
