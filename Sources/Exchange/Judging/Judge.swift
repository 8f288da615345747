import Model

/// Decides whether a complete run may be served, or a person has to look first (DESIGN §6).
public struct Judge: Sendable {
    /// Sets smaller than this are exempt from shares: one record of ten is no suspicion.
    public static let tiny = 20

    private let limits: Entry.Guard
    private let isSnapshot: Bool
    /// Nothing is served yet.
    private let isFirst: Bool
    /// The field rules are other than those of what is served, so records change without a department's doing.
    private let hasNewRules: Bool
    private let promised: Int?

    public init(limits: Entry.Guard, isSnapshot: Bool, isFirst: Bool, hasNewRules: Bool, promised: Int?) {
        self.limits = limits
        self.isSnapshot = isSnapshot
        self.isFirst = isFirst
        self.hasNewRules = hasNewRules
        self.promised = promised
    }

    /// Judges what a run would change.
    public func verdict(on difference: Difference) -> Verdict {
        let suspicions = completeness(difference) + shares(difference) + vanished(difference)
        return suspicions.isEmpty ? .publish : .hold(suspicions)
    }

    /// What holds for sets of every size, first loads included: a part must not pass for the whole.
    private func completeness(_ difference: Difference) -> [Suspicion] {
        var found: [Suspicion] = []
        if isSnapshot, difference.read == 0, difference.served > 0 { found.append(.empty(served: difference.served)) }
        if let promised, promised != difference.read {
            found.append(.broken(promised: promised, read: difference.read))
        }
        return found
    }

    private func shares(_ difference: Difference) -> [Suspicion] {
        guard !isFirst, difference.served >= Judge.tiny else { return [] }
        var found: [Suspicion] = []
        if difference.read > 0 || !isSnapshot, exceeds(difference.removed, of: difference.served, limits.removed) {
            found.append(.removed(difference.removed, served: difference.served, allowed: limits.removed))
        }
        // A delta of three records with one refused says nothing about the department's data.
        if difference.read >= Judge.tiny, exceeds(difference.refused, of: difference.read, limits.refused) {
            found.append(.refused(difference.refused, read: difference.read, allowed: limits.refused))
        }
        if !hasNewRules, exceeds(difference.changed, of: difference.served, limits.changed) {
            found.append(.changed(difference.changed, served: difference.served, allowed: limits.changed))
        }
        return found
    }

    private func vanished(_ difference: Difference) -> [Suspicion] {
        guard !isFirst, difference.served >= Judge.tiny, difference.read >= Judge.tiny else { return [] }
        return difference.vanished.map { .vanished($0) }
    }

    private func exceeds(_ count: Int, of whole: Int, _ allowed: Double) -> Bool {
        Double(count) > allowed * Double(whole)
    }
}
