extension Entry.UpdateCycle {
    /// Seconds within which a dataset of this cycle must have been published again to count as fresh: the cycle and half
    /// a day for the night's work; nil where the cycle sets no term.
    public var term: Double? {
        let day = 86_400.0
        return switch self {
        case .realtime: day / 24
        case .daily: day * 1.5
        case .weekly: day * 7.5
        case .monthly: day * 31.5
        case .quarterly: day * 92.5
        case .halfYearly: day * 184.5
        case .yearly: day * 366.5
        case .irregular, .historical: nil
        }
    }
}
